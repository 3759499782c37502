"""Adding a channel, a blog, a podcast: its address, then whose it is and how to take its works."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from altavoz.core.text import clean_text, shorten
from altavoz.ingest.discovery import Found
from altavoz.ingest.states import SourceKind
from altavoz.showcase.models import Creator
from altavoz.web.forms.languages import LanguageField

#: What the choice of a creator says for somebody who is not here yet.
NEW = "new"
#: Nobody reads and fills in the form faster than this; programs do.
QUICKEST_S: Final = 3
_SALT = "altavoz.web.forms.adding"
_MOST_TOPICS = 6
_NO_KEYBOARD_HELP = {"inputmode": "url", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}


class AddressForm(forms.Form):
    """The one question."""

    address = forms.CharField(
        label=_("Address of a channel, blog or podcast"),
        help_text=_("Copy it from your browser. A single video or article works, too."),
        max_length=2_000,
        widget=forms.TextInput(attrs=_NO_KEYBOARD_HELP),
        error_messages={
            "required": _("Paste the address of your channel, blog or podcast first."),
            "max_length": _("This address is longer than any we know. Copy it once more from your browser."),
        },
    )


class ConfirmForm(forms.Form):
    """Whose it is, in which language, and how to take its works; `creators` are those the person speaks for."""

    creator = forms.ChoiceField(label=_("Whose is it?"), required=False, widget=forms.RadioSelect)
    name = forms.CharField(
        label=_("Name of the creator"),
        help_text=_("As they call themselves where they publish: a person, a group or a community."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Write the name of the creator.")},
    )
    language = LanguageField(label=_("Language"), required=False)
    topics = forms.CharField(
        label=_("Topics"),
        help_text=_("Of all works there, separated by commas: data, web, teaching."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=[
            ("", pgettext_lazy("level of a work", "Mixed, or I do not know")),
            ("beginner", pgettext_lazy("level of a work", "For beginners")),
            ("intermediate", pgettext_lazy("level of a work", "With some practice")),
            ("advanced", pgettext_lazy("level of a work", "Advanced")),
        ],
    )
    history = forms.ChoiceField(
        label=_("Which works should come?"),
        widget=forms.RadioSelect,
        initial="listed",
        error_messages={"required": _("Choose which works should come.")},
        choices=[
            ("listed", _("Those listed there now, and everything new")),
            ("all", _("Everything ever published there, as far back as we can read")),
            ("new", _("Only what is published from now on")),
        ],
    )

    def __init__(self, *args: Any, found: Found, creators: Iterable[Creator] = (), **options: Any) -> None:
        """Fill in what the address told."""
        super().__init__(*args, **options)
        self.mine = {str(creator.pk): creator for creator in creators}
        self._whose()
        self.fields["name"].initial = shorten(clean_text(found.author or found.title), 80)[:120]
        self.fields["language"] = LanguageField(
            label=_("Language"),
            help_text=_("What is spoken or written there. Correct it if we got it wrong."),
            nothing=_("Several, or I am not sure: look at each work"),
            first=[told] if (told := _told(found)) else [],
            required=False,
            initial=told,
        )
        if found.kind is SourceKind.PAGE:  # one work has no past
            del self.fields["history"]

    def _whose(self) -> None:
        field = self.fields["creator"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        if not self.mine:
            del self.fields["creator"]
            self.fields["name"].required = True
            return
        mine = [(pk, creator.name) for pk, creator in self.mine.items()]
        field.choices = [*mine, (NEW, _("Somebody who is not here yet"))]
        field.initial = mine[0][0]

    def clean_name(self) -> str:
        """Return the name without what nobody can see."""
        return clean_text(self.cleaned_data["name"])

    def clean_topics(self) -> list[str]:
        """Return the topics, each once; commas of every script part them."""
        given = clean_text(self.cleaned_data["topics"])
        for comma in "،、，;؛·":
            given = given.replace(comma, ",")
        topics = dict.fromkeys(topic.strip() for topic in given.split(",") if topic.strip())
        if len(topics) > _MOST_TOPICS:
            raise forms.ValidationError(_("Choose at most six topics."))
        return list(topics)

    def clean(self) -> dict[str, Any]:
        """Ask for a name where the creator is new."""
        values = super().clean() or self.cleaned_data
        if self.chosen is None and not values.get("name") and not self.has_error("name"):
            self.add_error("name", _("Write the name of the creator."))
        return values

    @property
    def chosen(self) -> Creator | None:
        """Return the own creator that was chosen; None for a new one."""
        return self.mine.get(self.cleaned_data.get("creator", ""))

    def since(self, at: datetime) -> datetime | None:
        """Return the moment before which works are left alone; None for none."""
        return at if self.cleaned_data.get("history") == "new" else None


class SuggestForm(ConfirmForm):
    """The same from somebody without an account: an address to confirm it, and two traps that people never meet."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We send one message with a link to confirm, and forget the address afterwards."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
        error_messages={
            "required": _("Write your e-mail address, so that you can confirm the suggestion."),
            "invalid": _("This is not an e-mail address. An example: ana@example.org"),
        },
    )
    subject = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        """Note, sealed, when the form was shown."""
        super().__init__(*args, **options)
        self.at = at
        self.fields["shown"].initial = signing.Signer(salt=_SALT).sign(str(int(at.timestamp())))

    @property
    def is_trapped(self) -> bool:
        """Return whether a field was filled in that people do not see."""
        return bool(self.cleaned_data.get("subject"))

    def clean_shown(self) -> str:
        """Refuse what comes quicker than anybody reads; a second try passes."""
        given = self.cleaned_data["shown"]
        try:
            moment = int(signing.Signer(salt=_SALT).unsign(given))
        except (signing.BadSignature, ValueError):
            moment = int(self.at.timestamp())
        if self.at.timestamp() - moment < QUICKEST_S:
            raise forms.ValidationError("too quick", code="quick")
        return str(given)

    @property
    def was_quick(self) -> bool:
        """Return whether it came so fast that a program may have sent it."""
        return self.has_error("shown", "quick")


def _told(found: Found) -> str:
    told = found.declared_language or found.language
    return "" if told in {"", "und"} else told
