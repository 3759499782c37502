"""Keeps programs from writing to strangers through a form, without asking anybody a puzzle."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core import signing
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SALT: Final = "altavoz.web.forms.guarding"
#: People need longer than this to fill in a form, and rarely leave it open for longer than that.
_QUICKEST, _LONGEST = timedelta(seconds=3), timedelta(hours=24)


def resent(data: Mapping[str, Any], name: str, value: str) -> Mapping[str, Any]:
    """Return what was sent with another value of one field, for the page that shows it again."""
    copied = QueryDict(mutable=True)
    copied.update(data)
    copied[name] = value
    return copied


class GuardedForm(forms.Form):
    """A form with a field that nobody sees, and a note of when it was opened.

    Who fills in the first (`is_trap`) is a program: pretend that all went well. Who is quicker than people are is
    asked to send it again, which people can and few programs do.
    """

    homepage = forms.CharField(required=False, max_length=2_000)
    opened = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Note when the form is opened, unless it is sent."""
        super().__init__(*args, **options)
        self.fields["opened"].initial = fresh = signing.dumps("", salt=_SALT)
        if self.is_bound and self._trouble():
            self.data = resent(self.data, self.add_prefix("opened"), fresh)
            self._late: Promise | None = _("That was very quick, or very long ago. Please send it once more.")
        else:
            self._late = None

    @property
    def is_trap(self) -> bool:
        """Say whether something was written where nobody sees a field."""
        return bool(self.cleaned_data.get("homepage"))

    def clean(self) -> dict[str, Any]:
        """Ask for another try of what came too quickly, too late, or from nowhere."""
        values = super().clean() or self.cleaned_data
        if self._late is not None:
            self.add_error(None, str(self._late))
        return values

    def _trouble(self) -> bool:
        told = str(self.data.get(self.add_prefix("opened"), ""))
        try:
            signing.loads(told, salt=_SALT, max_age=_LONGEST)
        except signing.BadSignature:
            return True
        try:
            signing.loads(told, salt=_SALT, max_age=_QUICKEST)
        except signing.SignatureExpired:
            return False
        return True
