"""Everything that can be done in promotion; each action is one transaction and says what holds afterwards."""

from altavoz.promotion.actions.calls import Call, begin, finish
from altavoz.promotion.actions.candidates import offer, withdraw
from altavoz.promotion.actions.channels import (
    Rhythm,
    connect_channel,
    disconnect_channel,
    note_limits,
    pause_channel,
    reseal_credentials,
    resume_channel,
    set_rhythm,
)
from altavoz.promotion.actions.planning import plan, plan_channel
from altavoz.promotion.actions.posts import approve_post, retry_post, settle_post, skip_post

__all__ = [
    "Call",
    "Rhythm",
    "approve_post",
    "begin",
    "connect_channel",
    "disconnect_channel",
    "finish",
    "note_limits",
    "offer",
    "pause_channel",
    "plan",
    "plan_channel",
    "reseal_credentials",
    "resume_channel",
    "retry_post",
    "set_rhythm",
    "settle_post",
    "skip_post",
    "withdraw",
]
