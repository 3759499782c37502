"""The only doors to a change in the showcase."""

from altavoz.showcase.actions.adoption import adopt_batch, hide_adopted_batch
from altavoz.showcase.actions.creators import add_channel, edit_creator, end_ownership, grant_ownership
from altavoz.showcase.actions.gathering import gather, vanish
from altavoz.showcase.actions.reindexing import SPAN, index_again
from altavoz.showcase.actions.reviewing import (
    decline,
    lift_suspension,
    publish,
    reconsider,
    submit_waiting,
    suspend,
)
from altavoz.showcase.actions.suggesting import (
    SuggestionRefusedError,
    confirm_suggestion,
    decline_channel,
    forget_suggestions,
    is_refused,
    suggest,
    suggestion_of,
    welcome_back,
)
from altavoz.showcase.actions.translating import (
    TranslationRefusedError,
    decline_translation,
    drop_translations,
    forget_translator,
    offer_translation,
    reconsider_translation,
    remove_translation,
    show_translation,
    suspend_translation,
)
from altavoz.showcase.actions.wishes import (
    correct_language,
    remember_wish,
    want_archive,
    want_everything,
    wish_of,
)
from altavoz.showcase.actions.withdrawing import remove, withdraw

__all__ = [
    "SPAN",
    "SuggestionRefusedError",
    "TranslationRefusedError",
    "add_channel",
    "adopt_batch",
    "confirm_suggestion",
    "correct_language",
    "decline",
    "decline_channel",
    "decline_translation",
    "drop_translations",
    "edit_creator",
    "end_ownership",
    "forget_suggestions",
    "forget_translator",
    "gather",
    "grant_ownership",
    "hide_adopted_batch",
    "index_again",
    "is_refused",
    "lift_suspension",
    "offer_translation",
    "publish",
    "reconsider",
    "reconsider_translation",
    "remember_wish",
    "remove",
    "remove_translation",
    "show_translation",
    "submit_waiting",
    "suggest",
    "suggestion_of",
    "suspend",
    "suspend_translation",
    "vanish",
    "want_archive",
    "want_everything",
    "welcome_back",
    "wish_of",
    "withdraw",
]
