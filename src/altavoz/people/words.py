"""What the account pages say when the sign-in library has something to tell: in our words, in every language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Short messages after a step; one that is missing here is not shown.
MESSAGES: Final[dict[str, Promise]] = {
    "account/messages/cannot_delete_primary_email.txt": _("You cannot remove the address you sign in with."),
    "account/messages/email_confirmation_failed.txt": _("We could not confirm that address."),
    "account/messages/email_confirmation_sent.txt": _("We sent you an e-mail with a code."),
    "account/messages/email_confirmed.txt": _("Your e-mail address is confirmed."),
    "account/messages/email_deleted.txt": _("The e-mail address is removed."),
    "account/messages/logged_in.txt": _("You are signed in."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/login_code_sent.txt": _("We sent you an e-mail."),
    "account/messages/primary_email_set.txt": _("Your e-mail address is changed."),
    "account/messages/unverified_primary_email.txt": _("Please confirm that address first."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new recovery codes."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("Your passkey is removed."),
    "socialaccount/messages/account_connected.txt": _("You can now sign in that way, too."),
    "socialaccount/messages/account_connected_other.txt": _("It belongs to another account here already."),
    "socialaccount/messages/account_connected_updated.txt": _("You can sign in that way."),
    "socialaccount/messages/account_disconnected.txt": _("That way to sign in is removed."),
}

_WRONG_CODE: Final = _("That is not the code. Please look again, or ask for a new one.")
_SLOWER: Final = _("That was often in a short time. Please wait a few minutes and try again.")

#: What a form answers, by the library's code for it.
ACCOUNT_ERRORS: Final[dict[str, Promise]] = {
    "account_inactive": _("This account is closed."),
    "cannot_remove_primary_email": MESSAGES["account/messages/cannot_delete_primary_email.txt"],
    "duplicate_email": _("That is the address you have."),
    "email_taken": _("This address cannot be used."),
    "incorrect_code": _WRONG_CODE,
    "invalid_login": _("Please type an e-mail address, such as name@example.org."),
    "max_email_addresses": _("You cannot add another address."),
    "rate_limited": _SLOWER,
    "same_as_current": _("That is the address you have."),
    "too_many_login_attempts": _("That was too often. Please wait a few minutes, then ask for a new code."),
    "unknown_email": _("Please type an e-mail address, such as name@example.org."),
    "unverified_primary_email": MESSAGES["account/messages/unverified_primary_email.txt"],
}

SECOND_FACTOR_ERRORS: Final[dict[str, Promise]] = {
    "add_email_blocked": _("You cannot add an address while you confirm it is you with a second step."),
    "cannot_delete_authenticator": _("You cannot remove this."),
    "cannot_generate_recovery_codes": _("Recovery codes need a passkey or an authenticator app first."),
    "incorrect_code": _WRONG_CODE,
    "rate_limited": _SLOWER,
    "unverified_email": _("Please confirm your e-mail address first."),
}

PLATFORM_ERRORS: Final[dict[str, Promise]] = {
    "connected_other": MESSAGES["socialaccount/messages/account_connected_other.txt"],
    "disconnect_last": _("This is your only way to sign in; add another one first."),
    "email_taken": _(
        "An account here has this address. Sign in to it first, then connect %s in the settings."
    ),
    "invalid_token": _("The platform did not confirm that it is you. Please try again."),
    "no_password": _("Confirm your e-mail address first."),
    "no_verified_email": _("Confirm your e-mail address first."),
}
