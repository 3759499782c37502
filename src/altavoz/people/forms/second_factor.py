"""Passkeys, authenticator apps and recovery codes."""

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from altavoz.people.forms.parts import CodeField, Worded, Words

_SECOND = Words(_("Code"), _("Six digits from your authenticator app, or one of your recovery codes."))


class SecondFactorForm(Worded, base.AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """Takes a code of the authenticator app, or a recovery code."""

    words = {"code": _SECOND}
    code = CodeField()


class ConfirmItIsYouForm(Worded, base.ReauthenticateForm):  # type: ignore[misc]  # as above
    """Takes such a code again before something that matters."""

    words = {"code": _SECOND}
    code = CodeField()


class ActivateAppForm(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]  # as above
    """Takes the first code of a new authenticator app."""

    words = {"code": Words(_("Code"), _("Six digits that the app shows now."))}
    code = CodeField()


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):  # type: ignore[misc]  # as above
    """Names a new passkey."""

    words = {
        "name": Words(_("Name"), _("So that you can tell your passkeys apart.")),
        "passwordless": Words(
            _("Sign in with it alone"),
            _("Without a code by e-mail. The device asks for your finger, face or PIN."),
        ),
    }


class RenamePasskeyForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]  # as above
    """Changes the name of a passkey."""

    words = {"name": Words(_("Name"), _("So that you can tell your passkeys apart."))}
