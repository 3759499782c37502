"""The rotation of one channel, read from and written back to its rows of credit."""

from dataclasses import dataclass

from altavoz.promotion.fairness import Rotation, Standing
from altavoz.promotion.models import Channel, Credit


@dataclass
class Waiting:
    """The works of one creator in one language that wait for a channel: how many, and since when (an order)."""

    count: int
    since: int


#: What waits for a channel, by language and creator.
Shelf = dict[tuple[str, str], Waiting]


class Rota:
    """Languages take turns on the channel, and creators take turns in their language."""

    def __init__(self, channel: Channel, shelf: Shelf) -> None:
        """Read every credit of the channel, and let exactly those wait who have something on the shelf."""
        self.channel = channel
        self.shelf = shelf
        self.rows = {(row.language, row.creator): row for row in Credit.objects.filter(channel=channel)}
        self.languages = Rotation(clock=channel.clock, standings=self._standings(None))
        spoken = {language for language, _ in [*self.rows, *shelf]}
        self.creators = {
            language: Rotation(clock=self._clock(language), standings=self._standings(language))
            for language in sorted(spoken)
        }
        self._settle()

    def refund(self, language: str, creator: str) -> None:
        """Give back a slot in which the work was not shown after all."""
        self.languages.refund(language)
        self.creators[language].refund(creator)

    def pick(self) -> tuple[str, str] | None:
        """Return whose turn it is, and make them pay for it."""
        language = self.languages.turn()
        creator = self.creators[language].turn() if language else None
        if language is None or creator is None:
            return None
        self.languages.serve(language)
        self.creators[language].serve(creator)
        self.drop(language, creator)
        return language, creator

    def drop(self, language: str, creator: str) -> None:
        """Take one work off the shelf; who has none left stops waiting."""
        waiting = self.shelf[language, creator]
        waiting.count -= 1
        if not waiting.count:
            del self.shelf[language, creator]
            self.creators[language].leave(creator)
            if self.creators[language].turn() is None:
                self.languages.leave(language)

    def save(self) -> None:
        """Write back what changed."""
        if self.channel.clock != self.languages.clock:
            self.channel.clock = self.languages.clock
            self.channel.save(update_fields=["clock"])
        rows = [self._row(language, "", standing) for language, standing in self.languages.standings.items()]
        for language, rotation in self.creators.items():
            rows += [
                self._row(language, creator, standing) for creator, standing in rotation.standings.items()
            ]
        different = [row for row in rows if row is not None]
        changed = [row for row in different if row.pk]
        Credit.objects.bulk_create([row for row in different if not row.pk], batch_size=1000)
        fields = ["credit", "mark", "since", "clock"]
        Credit.objects.bulk_update(changed, fields, batch_size=1000)

    def _settle(self) -> None:
        for (language, creator), waiting in sorted(self.shelf.items(), key=lambda pair: pair[1].since):
            self.languages.enter(language, since=waiting.since)
            self.creators[language].enter(creator, since=waiting.since)
        for language, rotation in self.creators.items():
            for creator in rotation.standings.keys() - {
                who for spoken, who in self.shelf if spoken == language
            }:
                rotation.leave(creator)
            if rotation.turn() is None and language in self.languages.standings:
                self.languages.leave(language)

    def _standings(self, language: str | None) -> dict[str, Standing]:
        """Return the languages' standings (None), or those of a language's creators."""
        return {
            creator or spoken: Standing(credit=row.credit, mark=row.mark, since=row.since)
            for (spoken, creator), row in self.rows.items()
            if (not creator if language is None else creator and spoken == language)
        }

    def _clock(self, language: str) -> int:
        row = self.rows.get((language, ""))
        return row.clock if row else 0

    def _row(self, language: str, creator: str, standing: Standing) -> Credit | None:
        """Return the row as it should be, or None where it is so already."""
        row = self.rows.get((language, creator)) or Credit(
            channel=self.channel, language=language, creator=creator
        )
        before = (row.pk is not None, row.credit, row.mark, row.since, row.clock)
        row.credit, row.mark, row.since = standing.credit, standing.mark, standing.since
        row.clock = row.clock if creator else self.creators[language].clock
        return None if before == (True, row.credit, row.mark, row.since, row.clock) else row
