"""What to do with what was read: old state and new items in, intentions out; no database, no network, no clock."""

from altavoz.ingest.deciding.entries import Intentions, Known, Prepared, decide, prepare
from altavoz.ingest.deciding.languages import UNKNOWN, Languages, languages_of
from altavoz.ingest.deciding.polls import After, Before, Outcome, judge
from altavoz.ingest.deciding.schedule import next_interval, spread

__all__ = [
    "UNKNOWN",
    "After",
    "Before",
    "Intentions",
    "Known",
    "Languages",
    "Outcome",
    "Prepared",
    "decide",
    "judge",
    "languages_of",
    "next_interval",
    "prepare",
    "spread",
]
