"""The only doors to a change in the showcase."""

from altavoz.showcase.actions.adoption import adopt_batch, hide_adopted_batch
from altavoz.showcase.actions.creators import add_channel, edit_creator, end_ownership, grant_ownership
from altavoz.showcase.actions.gathering import gather, vanish
from altavoz.showcase.actions.reviewing import (
    decline,
    lift_suspension,
    publish,
    reconsider,
    submit_waiting,
    suspend,
)
from altavoz.showcase.actions.withdrawing import remove, withdraw

__all__ = [
    "add_channel",
    "adopt_batch",
    "decline",
    "edit_creator",
    "end_ownership",
    "gather",
    "grant_ownership",
    "hide_adopted_batch",
    "lift_suspension",
    "publish",
    "reconsider",
    "remove",
    "submit_waiting",
    "suspend",
    "vanish",
    "withdraw",
]
