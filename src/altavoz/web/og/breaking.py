"""Where a title may go on in the next line: after spaces, and between letters where a script has none (pure)."""

from altavoz.core.languages import scripts

#: Scripts written without spaces between words, where a line may end after nearly any letter …
_UNSPACED = frozenset({"Hani", "Jpan", "Khmr", "Mymr", "Tibt"})
# … and those where it takes a dictionary to tell words. Between syllables it is not wrong; of these, we know where
# those begin that have their vowel in front, and where those end that have a sign for it.
_SYLLABIC = frozenset({"Thai", "Laoo"})
_BEGINS = frozenset("เแโใไເແໂໃໄ")
_ENDS = frozenset("ะๆฯ์ະຯໆ")
# Kinsoku: what may not begin a line, and what may not end one.
_NOT_FIRST = frozenset(
    "、。，．・：；？！ー）］｝〕〉》」』】〙〗’”»›‐゠–〜～ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〻"
    ",.:;?!)]}%…‥’”·/゛゜ヽヾゝゞㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "ะาำๅๆฯ"  # Thai vowels and signs that belong to the letter before
    "ະາຳໆຯ"  # the same in Lao
    "។៕"
)
_NOT_LAST = frozenset("（［｛〔〈《「『【〘〖‘“«‹([{#$€£¥@\u17d2\u1039") | _BEGINS
_HYPHENS = frozenset("-‐–—/")


def may_break(before: str, after: str) -> bool:
    """Return whether a line may end between two graphemes, given both."""
    if before.isspace():
        return not after.isspace()
    if after.isspace() or after[0] in _NOT_FIRST or before[-1] in _NOT_LAST:
        return False
    if before in _HYPHENS:
        return after.isalpha()
    if scripts.script_of(before[0]) in _SYLLABIC and scripts.script_of(after[0]) in _SYLLABIC:
        return after[0] in _BEGINS or before[-1] in _ENDS
    return _unspaced(before) or _unspaced(after)


def _unspaced(grapheme: str) -> bool:
    return scripts.script_of(grapheme[0]) in _UNSPACED or "\u3000" <= grapheme[0] <= "\u303f"
