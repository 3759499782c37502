"""What our forms share: our words on the library's fields, and codes typed on any keyboard."""

import struct
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Words(NamedTuple):
    """What is said about a field."""

    label: "StrOrPromise"
    hint: "StrOrPromise" = ""


EMAIL = Words(_("E-mail address"))
CODE = Words(_("Code"), _("Eight digits from the e-mail."))


class Worded(forms.Form):
    """Puts our words on fields that the library made; labels replace its placeholders."""

    words: ClassVar[dict[str, Words]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build the form, then word it."""
        super().__init__(*args, **kwargs)
        for name, words in self.words.items():
            if name in self.fields:
                field = self.fields[name]
                field.label, field.help_text = words
                field.widget.attrs.pop("placeholder", None)


class CredentialField(forms.JSONField):
    """What a passkey answered; anything that no passkey says is refused before the library reads it."""

    widget = forms.HiddenInput

    def __init__(self, parse: Callable[[Any], object]) -> None:
        """Remember how such an answer is read."""
        super().__init__()
        self.parse = parse

    def to_python(self, value: object) -> Any:  # noqa: ANN401 any JSON
        """Return the answer as it came, once it could be read."""
        answer = super().to_python(value)
        try:
            self.parse(answer or {})
        except (AttributeError, LookupError, TypeError, ValueError, struct.error) as error:
            raise forms.ValidationError(
                _("The passkey did not answer well. Please try again."), code="credential"
            ) from error
        return answer


class CodeField(forms.CharField):
    """Digits of any script, with whatever stands between them."""

    def __init__(self) -> None:
        """Ask phones for their number pad and for the code that just arrived."""
        attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr", "autofocus": True}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs))

    def to_python(self, value: object) -> str:
        """Return the digits as ASCII, wherever they were typed: ٤٢ and ４２ are 42."""
        text = super().to_python(value) or ""
        return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
