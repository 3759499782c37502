"""The forms of the promotion desk; each network brings its own for address and credentials."""

from typing import Any, cast
from zoneinfo import available_timezones

from django import forms
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from altavoz.promotion.actions import Rhythm
from altavoz.promotion.channels import network
from altavoz.promotion.states import Approval


def connect_form(name: str) -> type[forms.Form]:
    """Return the form of a network; a valid one answers `address()` and `credentials()`. Raises KeyError."""
    return cast("type[forms.Form]", import_string(network(name).form))


class RhythmForm(forms.Form):
    """Asks how often and when a channel speaks, and who lets its posts out."""

    slots_per_day = forms.IntegerField(label=_("Posts per day"), min_value=1, max_value=48, initial=4)
    hold_minutes = forms.IntegerField(
        label=_("Minutes a work waits after its approval"),
        help_text=_("Time for second thoughts, before anything leaves the site."),
        min_value=0,
        max_value=7 * 24 * 60,
        initial=30,
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False)
    quiet_until = forms.TimeField(label=_("Quiet until"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone of the readers"), choices=[], initial="UTC")
    approval = forms.ChoiceField(label=_("Who lets posts out"), choices=Approval, initial=Approval.AUTOMATIC)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every time zone this machine knows."""
        super().__init__(*args, **kwargs)
        zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
        self.fields["time_zone"].choices = [(zone, zone) for zone in zones]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Hold quiet hours to both ends or none."""
        cleaned = super().clean() or {}
        if (cleaned.get("quiet_from") is None) != (cleaned.get("quiet_until") is None):
            raise forms.ValidationError(_("Give both ends of the quiet hours, or none."))
        return cleaned

    def rhythm(self) -> Rhythm:
        """Return what the valid form asks for; two days are planned ahead."""
        return Rhythm(**self.cleaned_data, ahead=2 * self.cleaned_data["slots_per_day"])


class SkipForm(forms.Form):
    """Asks why a work is left out."""

    reason = forms.CharField(label=_("Reason"), max_length=300)


class SettleForm(forms.Form):
    """Asks what a person found on the network."""

    remote_id = forms.CharField(label=_("Id of the post there"), required=False, max_length=200)
    url = forms.URLField(label=_("Address of the post"), required=False, assume_scheme="https")
