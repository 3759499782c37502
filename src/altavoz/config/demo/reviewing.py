"""What the volunteers of the demonstration have done before you arrive: reviews, an adoption, connected accounts."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from altavoz.config.demo.casting import persons
from altavoz.core import subjects
from altavoz.moderation import actions as moderation
from altavoz.moderation.models import Case
from altavoz.people.models import Account
from altavoz.promotion import actions as promotion
from altavoz.promotion.channels import network
from altavoz.promotion.channels.contract import Connection, Probe
from altavoz.showcase.models import Catalogue

#: How many cases are left for you to decide, by language.
LEFT = {"es": 3, "ar": 2, "ja": 2}
#: A work that was declined, so that its creator's desk has reasons to show; by the beginning of its title.
_DECLINED = "Diccionarios"
_WHY = "Las imágenes y el repositorio que se enlazan ya no existen. Con los enlaces corregidos, la nota es estupenda."


def adopt_talks(cast: dict[str, Account], *, at: datetime) -> None:
    """Let the two Spanish leads adopt the small catalogue of talks."""
    catalogue = Catalogue.objects.get()
    scope = {"categories": ["ribera-2025"]}
    adoption = moderation.propose_adoption(
        catalogue=catalogue.subject, language="es", scope=scope, by=cast["marta"], at=at
    )
    moderation.second_adoption(adoption_id=adoption.pk, by=cast["julian"], at=at)


def review(cast: dict[str, Account], *, at: datetime, left: Mapping[str, int]) -> None:
    """Let every team decide its cases, a few seconds each, until only so many are left by language."""
    for language, team in _moderators(cast).items():
        moment, idle = at, 0
        while idle < len(team) and _open(language) > left.get(language, 0):
            for person in team:
                moment += timedelta(seconds=20)
                enough = _open(language) <= left.get(language, 0)
                idle = 0 if not enough and _decide_next(person, language, moment) else idle + 1


def _moderators(cast: dict[str, Account]) -> dict[str, list[Account]]:
    teams: dict[str, list[Account]] = defaultdict(list)
    for raw in persons():
        for told in raw.get("teams", ()):
            kind, language, _role = told.split()
            if kind == "moderation":
                teams[language].append(cast[raw["key"]])
    return teams


def _open(language: str) -> int:
    return Case.objects.filter(language=language, state="open").count()


def _decide_next(person: Account, language: str, at: datetime) -> bool:
    lease = moderation.claim(by=person, languages=[language], at=at)
    if lease is None:
        return False
    work = subjects.describe(lease.case.subject, lease.case.revision)
    if work is not None and work.title.startswith(_DECLINED):
        moderation.vote(
            token=lease.token,
            by=person,
            verdict="reject",
            clauses=["broken_link"],
            note=_WHY,
            note_language="es",
            at=at,
        )
    else:
        moderation.vote(token=lease.token, by=person, verdict="approve", at=at)
    return True


def connect_networks(cast: dict[str, Account], *, at: datetime, port: int) -> None:
    """Connect two accounts of the local imitation of a network.

    The Spanish one speaks three times a minute and has caught up before you arrive, so that what you approve is
    posted while you watch. The one for all other languages speaks every half hour: its calendar is full.
    """
    address, by = f"http://127.0.0.1:{port}", cast["operator"]
    others = ["ar", "ja", "pt", "fr", "hi", "sw", "ko", "uk", "tr", "ca", "gl"]
    before = at - timedelta(minutes=14)  # a slot missed by more than a quarter of an hour is given anew
    quick = promotion.Rhythm(
        slots_per_day=4320, ahead=40, hold_minutes=0, quiet_from=_NEVER, quiet_until=_NEVER
    )
    channel = _connect(address, "demo-es", ["es"], quick, by, before)
    promotion.plan_channel(channel_id=channel, at=before)
    slow = promotion.Rhythm(slots_per_day=48, ahead=12, hold_minutes=0, quiet_from=_NEVER, quiet_until=_NEVER)
    _connect(address, "demo-world", others, slow, by, at)


_NEVER = time(0)  # quiet from midnight until midnight: not at all


def _connect(
    address: str, token: str, languages: list[str], rhythm: promotion.Rhythm, by: Account, at: datetime
) -> int:
    credentials = {"token": token}
    told = network("mastodon").probe(Connection(address=address, credentials=credentials), at=at)
    if not isinstance(told, Probe):
        raise ConnectionError(f"{address}: {told}")
    channel = promotion.connect_channel(
        network="mastodon",
        address=address,
        credentials=credentials,
        probe=told,
        languages=languages,
        rhythm=rhythm,
        by=by,
        at=at,
    )
    return channel.pk
