"""Passkeys, authenticator apps and recovery codes."""

from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from altavoz.people.forms.parts import CodeField, CredentialField, Worded, Words

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

    credential = CredentialField(RegistrationResponse.from_dict)


class PasskeySignInForm(webauthn.LoginWebAuthnForm):  # type: ignore[misc]  # as above
    """Takes what a passkey answers to sign in with it alone."""

    credential = CredentialField(AuthenticationResponse.from_dict)


class PasskeySecondForm(webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """Takes what a passkey answers as the second step."""

    credential = CredentialField(AuthenticationResponse.from_dict)


class PasskeyConfirmForm(webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """Takes what a passkey answers before something that matters."""

    credential = CredentialField(AuthenticationResponse.from_dict)


class RenamePasskeyForm(Worded, webauthn.EditWebAuthnForm):  # type: ignore[misc]  # as above
    """Changes the name of a passkey."""

    words = {"name": Words(_("Name"), _("So that you can tell your passkeys apart."))}
