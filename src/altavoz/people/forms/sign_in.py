"""Signing in and up by code, and changing one's address."""

from typing import Any

from allauth.account import forms as account
from allauth.socialaccount import forms as platform
from django import forms
from django.utils.translation import gettext_lazy as _

from altavoz.people.forms.parts import CODE, EMAIL, CodeField, Worded, Words

_NAME = Words(_("Name"), _("How others here see you; it need not be your real name."))


class SignInForm(Worded, account.LoginForm):  # type: ignore[misc]  # the library has no types
    """Asks for the address a code is sent to."""

    words = {"login": EMAIL._replace(hint=_("We send a code to it; there is no password."))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let browsers offer passkeys in the address field."""
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "email webauthn"


class RequestCodeForm(Worded, account.RequestLoginCodeForm):  # type: ignore[misc]  # as above
    """Asks for the address a code is sent to."""

    words = {"email": EMAIL._replace(hint=_("We send a code to it; there is no password."))}


class SignInCodeForm(Worded, account.ConfirmLoginCodeForm):  # type: ignore[misc]  # as above
    """Takes the code that was sent."""

    words = {"code": CODE}
    code = CodeField()


class AddressCodeForm(Worded, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]  # as above
    """Takes the code that confirms an address."""

    words = {"code": CODE}
    code = CodeField()


class SignUpForm(Worded, account.SignupForm):  # type: ignore[misc]  # as above
    """Asks for an address and a name."""

    words = {"email": EMAIL._replace(hint=_("We send a code to it; others never see it.")), "name": _NAME}
    field_order = ["name", "email"]
    name = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class PlatformSignUpForm(Worded, platform.SignupForm):  # type: ignore[misc]  # as above
    """Asks whether what the platform says is right."""

    words = SignUpForm.words
    field_order = ["name", "email"]
    name = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class NewAddressForm(Worded, account.AddEmailForm):  # type: ignore[misc]  # as above
    """Asks for the address to move to."""

    words = {
        "email": Words(
            _("New e-mail address"), _("We send a code to it; until you type it, nothing changes.")
        )
    }
