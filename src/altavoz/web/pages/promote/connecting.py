"""Connecting an account: the network is asked whose it is before anything is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from altavoz.people import guards
from altavoz.people.states import TeamKind
from altavoz.promotion import actions
from altavoz.promotion.channels import network
from altavoz.promotion.channels.contract import Connection, Probe
from altavoz.promotion.forms import RhythmForm, connect_form
from altavoz.promotion.models import Channel
from altavoz.promotion.states import TROUBLES
from altavoz.web.forms.channels import SpokenForm

#: The network that can be connected so far.
_NETWORK = "mastodon"


@dataclass
class Access:
    """The form for an account of a network, and what the network said to it."""

    network: str
    form: forms.Form

    @classmethod
    def asked(cls, name: str, data: Mapping[str, Any] | None = None) -> "Access":
        """Return the form of a network, filled in with what was sent."""
        return cls(name, connect_form(name)(data, auto_id="access_%s"))

    @classmethod
    def again(cls, channel: Channel, data: Mapping[str, Any] | None = None) -> "Access":
        """Return the form for new credentials of an account whose server is known."""
        sent = {"server": channel.address, "token": data.get("token", "")} if data is not None else None
        return cls(channel.network, connect_form(channel.network)(sent, auto_id="access_%s"))

    @property
    def address(self) -> str:
        """Return the server of the valid form."""
        return str(self.form.address())  # type: ignore[attr-defined]  # what every network's form answers

    @property
    def credentials(self) -> dict[str, str]:
        """Return the secrets of the valid form."""
        return dict(self.form.credentials())  # type: ignore[attr-defined]  # as above

    def probe(self, at: datetime) -> Probe | None:
        """Ask the network whose account this is; None with the trouble written on the form."""
        if not self.form.is_valid():
            return None
        connection = Connection(address=self.address, credentials=self.credentials)
        told = network(self.network).probe(connection, at=at)
        if isinstance(told, Probe):
            return told
        self.form.add_error(None, str(TROUBLES[told.why]))
        return None


@guards.team_desk(TeamKind.PROMOTION)
@require_http_methods(["GET", "HEAD", "POST"])
def connect(request: HttpRequest) -> HttpResponse:
    """Ask for an account, try it, and keep it for the person's languages."""
    data = request.POST or None
    access, rhythm = Access.asked(_NETWORK, data), RhythmForm(data, auto_id="rhythm_%s")
    spoken = SpokenForm(data, languages=guards.team_languages(request), auto_id="spoken_%s")
    sound = data is not None and all([spoken.is_valid(), rhythm.is_valid(), access.form.is_valid()])
    probe = access.probe(timezone.now()) if sound else None
    if probe and (channel := _connected(request, access, probe, spoken, rhythm)):
        messages.success(request, _("Connected. The first works are planned within minutes."))
        return redirect("web:channel", channel.pk)
    status = HTTPStatus.OK if data is None else HTTPStatus.UNPROCESSABLE_ENTITY
    values = {"access": access.form, "spoken": spoken, "rhythm": rhythm, "network": network(_NETWORK).label}
    return render(request, "web/promote/connect.html", values, status=status)


def _connected(
    request: HttpRequest, access: Access, probe: Probe, spoken: SpokenForm, rhythm: RhythmForm
) -> Channel | None:
    try:
        with transaction.atomic():
            return actions.connect_channel(
                network=access.network,
                address=access.address,
                credentials=access.credentials,
                probe=probe,
                languages=spoken.cleaned_data["languages"],
                rhythm=rhythm.rhythm(),
                by=guards.signed_in(request),
                at=timezone.now(),
            )
    except IntegrityError:
        access.form.add_error(None, _("This account is connected already."))
        return None
