"""What the pages do when the showcase changes: forget what they kept."""

from datetime import datetime

from altavoz.core.events import handles
from altavoz.core.subjects import key_of, subject_of
from altavoz.people import events as people
from altavoz.people.models import Membership
from altavoz.showcase import events
from altavoz.showcase.models import Credit
from altavoz.web import purging

#: What a page that lists works names as its subject: all of them, or those of one language.
WORKS = "web.works"
#: What a page names that shows the teams of every language; those of one language are pages of that language.
TEAMS = "web.teams"


def works_in(language: str) -> str:
    """Return the subject of pages that list the works of one language."""
    return f"{WORKS}:{language}"


def _changed(subject: str, language: str, creators: tuple[str, ...] = ()) -> None:
    purging.announce({subject, WORKS, works_in(language), *creators})


@handles(events.PublicationPublished, name="web.purge_published")
def purge_published(fact: events.PublicationPublished, at: datetime) -> None:  # noqa: ARG001 - every handler gets the time
    """Forget the work's page, its creators' pages and the lists it now stands in."""
    _changed(fact.subject, fact.language, fact.creators)


@handles(events.PublicationHidden, name="web.purge_hidden")
def purge_hidden(fact: events.PublicationHidden, at: datetime) -> None:  # noqa: ARG001 - as above
    """Forget every page the work stood on."""
    _changed(fact.subject, fact.language, fact.creators)


@handles(events.CreatorChanged, name="web.purge_creator")
def purge_creator(fact: events.CreatorChanged, at: datetime) -> None:  # noqa: ARG001 - as above
    """Forget the creator's page, every list, and whatever shows a work with their name on it."""
    credited = Credit.objects.filter(
        creator=key_of(fact.subject), publication__published_revision__isnull=False
    )
    works = {subject_of("showcase.publication", pk) for pk in credited.values_list("publication", flat=True)}
    purging.announce({fact.subject, WORKS} | works)


@handles(events.CatalogueVisibilityChanged, name="web.purge_catalogue")
def purge_catalogue(fact: events.CatalogueVisibilityChanged, at: datetime) -> None:  # noqa: ARG001 - as above
    """Forget everything that lists works: a whole catalogue came or went."""
    _changed(fact.subject, fact.language)


@handles(people.MemberJoined, name="web.purge_member_joined")
def purge_member_joined(fact: people.MemberJoined, at: datetime) -> None:  # noqa: ARG001 - as above
    """Forget the pages that show the team."""
    purging.announce({TEAMS, works_in(fact.language)})


@handles(people.RoleChanged, name="web.purge_role_changed")
def purge_role_changed(fact: people.RoleChanged, at: datetime) -> None:  # noqa: ARG001 - as above
    """Forget the pages that show the team: a trainee does not count yet."""
    purging.announce({TEAMS, works_in(fact.language)})


@handles(people.MemberLeft, name="web.purge_member_left")
def purge_member_left(fact: people.MemberLeft, at: datetime) -> None:  # noqa: ARG001 - as above
    """Forget the pages that show the team."""
    purging.announce({TEAMS, works_in(fact.language)})


@handles(people.ConsentChanged, name="web.purge_consent_changed")
def purge_consent_changed(fact: people.ConsentChanged, at: datetime) -> None:  # noqa: ARG001 - as above
    """Forget the pages of the person's teams: they may be named there now, or no longer."""
    teams = Membership.objects.filter(account=fact.account_id, left_at__isnull=True)
    purging.announce({TEAMS} | {works_in(tag) for tag in teams.values_list("team__language", flat=True)})


@handles(events.TranslationChanged, name="web.purge_translation")
def purge_translation(fact: events.TranslationChanged, at: datetime) -> None:  # noqa: ARG001 - as above
    """Forget the page of the work, in every language."""
    purging.announce({fact.work})
