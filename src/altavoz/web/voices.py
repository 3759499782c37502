"""Every language that is heard, with its people: what the map of voices and its table show."""

from collections.abc import Sequence
from dataclasses import dataclass

from altavoz.core import languages
from altavoz.people import queries as people
from altavoz.people.states import TeamKind
from altavoz.showcase import directory
from altavoz.web import formatting, readers, voicemap
from altavoz.web.caching import remembered
from altavoz.web.handlers import WORKS


@dataclass(frozen=True)
class Row:
    """One language of the table."""

    tag: str
    href: str
    works: int
    creators: int
    moderators: int


def rows(voices: Sequence[readers.Voice]) -> list[Row]:
    """Return the languages with their creators and moderators, in their order."""
    creators = directory.creators_by_language([voice.tag for voice in voices])
    moderators = people.team_sizes(TeamKind.MODERATION)
    return [
        Row(voice.tag, voice.href, voice.works, creators.get(voice.tag, 0), moderators.get(voice.tag, 0))
        for voice in voices
    ]


def drawing(voices: Sequence[readers.Voice], shape: str) -> voicemap.Drawing:
    """Return the map of these languages, with numbers as the reader of the page writes them."""
    heard = tuple(
        voicemap.Heard(voice.tag, languages.autonym(voice.tag), voice.works, formatting.number(voice.works))
        for voice in voices
    )
    return voicemap.draw(heard, shape)


#: Units above and below the map for words, where it is a picture of its own.
HEAD, FOOT = 150, 30


@remembered(WORKS)
def picture_size(voices: tuple[readers.Voice, ...]) -> tuple[int, int]:
    """Return how wide and high the picture of the map is."""
    drawn = drawing(voices, "wide")
    return drawn.width, HEAD + drawn.height + FOOT
