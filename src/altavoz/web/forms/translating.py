"""Translating what is said about a work."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from altavoz.showcase.shaping import SUMMARY_GRAPHEMES, TITLE_GRAPHEMES
from altavoz.web.forms.languages import LanguageSelect, named


class TranslationForm(forms.Form):
    """Title and summary in one of the languages the person writes."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=_("Language of your translation"),
        help_text=_("Those of your settings that you write. Write as people who read it speak."),
        widget=LanguageSelect,
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_GRAPHEMES * 4,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Write the title in your language.")},
    )
    summary = forms.CharField(
        label=_("Summary"),
        help_text=_("Say what the original says, no more and no less."),
        max_length=SUMMARY_GRAPHEMES * 4,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
    )
    named = forms.BooleanField(
        label=_("Name me as its translator"),
        help_text=_("Otherwise the page says that a person translated it."),
        required=False,
    )

    def __init__(self, *args: Any, writes: Sequence[str], **options: Any) -> None:
        """Offer the languages the person writes."""
        super().__init__(*args, **options)
        offered = self.fields["language"]
        assert isinstance(offered, forms.ChoiceField)  # noqa: S101 - declared above
        offered.choices = named(writes)
