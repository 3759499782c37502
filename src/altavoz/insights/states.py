"""What is counted, and where readers come from: the only words that are ever stored."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class What(TextChoices):
    """What a page may report of its reader."""

    VIEW = "view", pgettext_lazy("figure of reach", "Views")
    READ = "read", pgettext_lazy("figure of reach", "Reads")
    CLICK = "click", pgettext_lazy("figure of reach", "Clicks")


class Source(TextChoices):
    """The class of the page that led here; which page it was is told to nobody."""

    DIRECT = "direct", _("Direct, or not told")
    OWN = "own", _("Other pages of Altavoz")
    SEARCH = "search", _("Search engines")
    FEED = "feed", _("Feed readers")
    ASSISTANT = "assistant", _("AI assistants")
    MASTODON = "mastodon", _("Mastodon and its kin")
    BLUESKY = "bluesky", "Bluesky"
    X = "x", "X"
    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    LINKEDIN = "linkedin", "LinkedIn"
    REDDIT = "reddit", "Reddit"
    TELEGRAM = "telegram", "Telegram"
    WHATSAPP = "whatsapp", "WhatsApp"
    YOUTUBE = "youtube", "YouTube"
    SOCIAL = "social", _("Other social networks")
    OTHER = "other", _("Other sites")
