"""The form that connects a Mastodon account."""

from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _


class MastodonForm(forms.Form):
    """Asks for the server and an access token; gives `address` and `credentials`."""

    server = forms.CharField(
        label=_("Server"), help_text=_("Where the account lives, such as mastodon.social."), max_length=200
    )
    token = forms.CharField(
        label=_("Access token"),
        help_text=_(
            "Made on the server under Preferences, Development, New application, with the permissions"
            " read:accounts, read:statuses and write:statuses."
        ),
        max_length=500,
        widget=forms.PasswordInput,
    )

    def clean_server(self) -> str:
        """Return the server as an address without a path; https unless http is asked for."""
        given = self.cleaned_data["server"].strip()
        parts = urlsplit(given if "://" in given else f"https://{given}")
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise forms.ValidationError(_("This is not the name of a server."))
        return f"{parts.scheme}://{parts.netloc}"

    def address(self) -> str:
        """Return the address of the valid form."""
        server: str = self.cleaned_data["server"]
        return server

    def credentials(self) -> dict[str, str]:
        """Return the secrets of the valid form."""
        return {"token": self.cleaned_data["token"].strip()}
