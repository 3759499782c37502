"""What happened to a source, a proof or a record of a catalogue, in words people understand."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from altavoz.ingest.states import ProofMethod, SourceKind

KINDS: Mapping[SourceKind, Promise] = {
    SourceKind.YOUTUBE_CHANNEL: _("YouTube channel"),
    SourceKind.YOUTUBE_PLAYLIST: _("YouTube playlist"),
    SourceKind.FEED: pgettext_lazy("kind of source", "Blog or feed"),
    SourceKind.PODCAST: _("Podcast"),
    SourceKind.PEERTUBE: _("PeerTube channel"),
    SourceKind.PAGE: _("Single page"),
    SourceKind.CATALOGUE: _("Catalogue"),
}
METHODS: Mapping[ProofMethod, Promise] = {
    ProofMethod.REL_ME: _("Link back to your page here"),
    ProofMethod.TOKEN: _("Code in the description or on the page"),
    ProofMethod.DNS_TXT: _("TXT record in the domain name system"),
    ProofMethod.PODCAST_TXT: _("Verification text in the podcast feed"),
}
#: How to do what each method asks for; `%(token)s`, `%(back_link)s` and `%(host)s` are filled in by instructions().
INSTRUCTIONS: Mapping[ProofMethod, Promise] = {
    ProofMethod.REL_ME: _('Put a link with rel="me" to %(back_link)s on your page.'),
    ProofMethod.TOKEN: _(
        "Put the code %(token)s into the description of your channel or feed, or into the head of your page as "
        '<meta name="altavoz-verification" content="%(token)s">. You may remove it when it was found and you also '
        "use another way."
    ),
    ProofMethod.DNS_TXT: _(
        "Add a TXT record with the value altavoz-verification=%(token)s to %(host)s or to _altavoz.%(host)s."
    ),
    ProofMethod.PODCAST_TXT: _(
        'Add <podcast:txt purpose="verify">%(token)s</podcast:txt> to the channel of your feed.'
    ),
}
PROOF_FINDINGS: Mapping[str, Promise] = {
    "found": _("We found the proof."),
    "link_missing": _('We opened the page and found no rel="me" link to your page here.'),
    "code_missing": _("We read the description and the page and did not find the code."),
    "record_missing": _(
        "The domain has no TXT record with the code. New records can take some hours to be seen."
    ),
    "name_unknown": _("The domain name system does not know this name."),
    "text_missing": _('The feed has no <podcast:txt purpose="verify"> with the code.'),
    "unreachable": _("We could not read the page or feed. We try again later."),
}
FINDINGS: Mapping[str, Promise] = {
    "bad_json": _("The file is not valid JSON; the record was left out."),
    "not_an_object": _("The file does not hold a record; it was left out."),
    "no_title": _("The record has no title; it was left out."),
    "no_address": _("The record leads to no video; it was left out."),
    "unsafe_path": _("The archive holds a name that leads out of it; it was left out."),
    "too_large": _("The file is larger than a record may be; it was left out."),
    "link": _("The archive holds a link instead of a file; it was left out."),
    "no_publish": _("The owner asked that this video is not republished; it was left out."),
    "no_publish_listed": _("The owner asked that this video is not republished; only its data is listed."),
    "duration_milliseconds": _("The duration was in milliseconds and was converted."),
    "duration_absurd": _("The duration makes no sense and was dropped."),
    "duration_fraction": _("The duration had a fraction and was rounded."),
    "key_misspelt": _("A misspelt field name was understood."),
    "links_mixed": _("The related links mix texts and objects; both were read."),
    "speakers_empty": _("The list of speakers holds an empty name, which was dropped."),
    "speakers_nobody": _("The speakers are given as “various” or alike; nobody is credited."),
    "speakers_joined": _("One text named several speakers and was split."),
    "date_naive": _("The date has no time zone; UTC was assumed."),
    "date_bad": _("The date cannot be read and was dropped."),
    "language_missing": _("No language was given; it was detected."),
    "language_unknown": _("The language given is not known; it was detected."),
    "text_mojibake": _("Letters destroyed by a wrong encoding were restored."),
    "text_invisible": _("Invisible characters were removed."),
    "text_entities": _("HTML entities were decoded."),
    "text_markup": _("HTML was removed from the text."),
    "text_replacement": _("A replacement character is in the text; it was kept, since it may be meant."),
    "text_too_long": _("The text was too long and was cut."),
    "thumbnail_empty": _("The address of the picture is empty or wrong."),
    "licence_spelling": _("The licence was written in an unusual way and brought to its usual name."),
    "duplicate_video": _("Another record has the same video; both are kept as one work."),
    "field_type": _("A field has a value of an unexpected type, which was dropped."),
    "category_unreadable": _("The category cannot be read; its folder name is used instead."),
}


_ARCHIVE_ENDS: Mapping[str, Promise] = {
    "key": _("YouTube does not accept our key. Whoever runs this site has to look at it."),
    "missing": _("There is no list of what was published before."),
    "unreadable": _("The list of what was published before cannot be read."),
    "away": _("The site did not answer for days, so we gave up."),
}
_ARCHIVE_GOES_ON: Mapping[tuple[str, str], Promise] = {
    ("reading", ""): ngettext_lazy(
        "We are reading what was published before: %(count)s work was new so far.",
        "We are reading what was published before: %(count)s works were new so far.",
        "count",
    ),
    ("waiting", "quota"): ngettext_lazy(
        "YouTube answers only so many questions a day. We go on tomorrow; %(count)s work was new so far.",
        "YouTube answers only so many questions a day. We go on tomorrow; %(count)s works were new so far.",
        "count",
    ),
    ("waiting", "away"): ngettext_lazy(
        "The site did not answer as it should. We try again later; %(count)s work was new so far.",
        "The site did not answer as it should. We try again later; %(count)s works were new so far.",
        "count",
    ),
    ("done", ""): ngettext_lazy(
        "We read what was published before: %(count)s work was new.",
        "We read what was published before: %(count)s works were new.",
        "count",
    ),
}


def archive(state: str, reason: str, works: int) -> Promise:
    """Return how far reading the older works of a source is."""
    if state == "failed":
        return _ARCHIVE_ENDS[reason]
    return format_lazy("{}", _ARCHIVE_GOES_ON[state, reason] % {"count": works})


def instructions(method: ProofMethod, *, token: str, back_link: str, host: str) -> str:
    """Return what a person has to do for a proof, in the active language."""
    return str(INSTRUCTIONS[method]) % {"token": token, "back_link": back_link, "host": host}
