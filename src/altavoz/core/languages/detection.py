"""Which language a text is in: by its script where that settles it, else by a statistical model."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from altavoz.core.languages import scripts
from altavoz.core.languages.catalogue import CONTENT_LANGUAGES, UNKNOWN
from altavoz.core.languages.tags import base, likely_script

#: Below this share of the probability a guess is no better than none.
THRESHOLD = 0.5

_NOISE = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|[@#]\w+|\b\w+\.(?:py|com|org|net|io)\b")
_MODEL_CODES = {"fil": "tl", "nb": "no", "gn": "gug"}

# A prior (what the feed or the creator says) counts this much more than the other candidates; between
# languages that the model confuses, much more.
_PRIOR_WEIGHT = 3.0
_WEAK_PRIOR_WEIGHT = 30.0
_WEAK = tuple(
    frozenset(group.split())
    for group in ("gl pt es", "hr sr bs sl", "id ms", "cs sk", "nb da", "ja zh", "be uk ru")
)
# Most works are in these; without saying so, 86 candidates dilute every short title below the threshold.
_FREQUENT = "en es pt fr de it ru ja zh pl uk tr ar fa hi id nl"
_FREQUENT_WEIGHT = 4.0
# Titles are full of English names: a script other than Latin decides from this share of letters on.
_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Detected:
    """A language, UNKNOWN where none reached the threshold, and the probability of the best guess."""

    language: str
    confidence: float


def detect(text: str, *, among: Collection[str] = CONTENT_LANGUAGES, prior: str | None = None) -> Detected:
    """Return the language of `text`, one of `among` or UNKNOWN; addresses and handles in it do not count.

    `prior` is what the source says of itself: it settles close calls, it does not overrule a clear text.
    """
    words = _NOISE.sub(" ", text).strip()
    candidates = _candidates(words, _bases(tuple(among)))
    if len(candidates) == 1:
        return Detected(min(candidates), 1.0)
    return _decide(_weighted(_probabilities(words, candidates), base(prior) if prior else ""))


def _decide(probabilities: Mapping[str, float]) -> Detected:
    if not probabilities:
        return Detected(UNKNOWN, 0.0)
    best = max(probabilities, key=lambda tag: probabilities[tag])
    confidence = round(probabilities[best], 4)
    return Detected(best if confidence >= THRESHOLD else UNKNOWN, confidence)


def _candidates(text: str, among: frozenset[str]) -> frozenset[str]:
    """Return the languages of `among` that are written in the script of `text`."""
    found = scripts.counts(text)
    total = sum(found.values())
    if not total:
        return frozenset()
    if found["Jpan"] > 1 and "ja" in among:
        return frozenset({"ja"})
    foreign = {code: count for code, count in found.items() if code != "Latn" and count >= total * _SHARE}
    return _written_in(max(foreign, key=lambda name: foreign[name], default="Latn"), among)


@lru_cache(maxsize=64)
def _bases(tags: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(base, tags))


@lru_cache(maxsize=256)
def _written_in(code: str, among: frozenset[str]) -> frozenset[str]:
    return frozenset(tag for tag in among if code in _scripts_of(tag))


@cache
def _scripts_of(tag: str) -> frozenset[str]:
    """Return the scripts texts in `tag` come in, as `scripts.script_of` names them."""
    several = {
        "ja": {"Jpan", "Hani"},
        "zh": {"Hani"},
        "ku": {"Latn", "Arab"},
        "sr": {"Cyrl", "Latn"},
        "az": {"Latn", "Cyrl"},
        "uz": {"Latn", "Cyrl"},
    }
    return frozenset(several.get(tag) or {likely_script(tag)})


def _weighted(probabilities: Mapping[str, float], prior: str) -> Mapping[str, float]:
    if prior not in probabilities:
        return probabilities
    best = max(probabilities, key=lambda tag: probabilities[tag])
    weak = any({best, prior} <= group for group in _WEAK)
    raised = {**probabilities, prior: probabilities[prior] * (_WEAK_PRIOR_WEIGHT if weak else _PRIOR_WEIGHT)}
    return _normalised(raised)


def _probabilities(text: str, candidates: frozenset[str]) -> Mapping[str, float]:
    ranked: Iterable[tuple[str, float]] = _model().rank(text)
    weights = _weights(candidates)
    return _normalised(
        {weights[code][0]: float(share) * weights[code][1] for code, share in ranked if code in weights}
    )


@lru_cache(maxsize=256)
def _weights(candidates: frozenset[str]) -> Mapping[str, tuple[str, float]]:
    """Return our tag and how much it counts, by the code the model gives a candidate."""
    frequent = frozenset(_FREQUENT.split())
    return {
        _MODEL_CODES.get(tag, tag): (tag, _FREQUENT_WEIGHT if tag in frequent else 1.0) for tag in candidates
    }


def _normalised(weights: Mapping[str, float]) -> Mapping[str, float]:
    total = sum(weights.values())
    return {tag: weight / total for tag, weight in weights.items()} if total else {}


_lock = Lock()
_loaded: list[Any] = []


def _model() -> Any:  # noqa: ANN401 -- py3langid has no types
    """Return the model, loaded on first use (95 MB, 0.3 s) and shared by threads, which only read it."""
    with _lock:
        if not _loaded:
            _loaded.append(_load())
    return _loaded[0]


def _load() -> Any:  # noqa: ANN401 -- py3langid has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(sorted(set(model.labels) & {_MODEL_CODES.get(tag, tag) for tag in CONTENT_LANGUAGES}))
    return model
