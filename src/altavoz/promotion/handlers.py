"""What promotion keeps about people: which channels they connected and which posts they decided on."""

from datetime import datetime

from altavoz.people import records
from altavoz.promotion.models import Channel, Post


def export(account_id: int) -> dict[str, list[dict[str, str]]]:
    """Return what is kept about a person, ready for JSON."""
    channels = Channel.objects.filter(connected_by_id=account_id).order_by("pk")
    posts = Post.objects.filter(decided_by_id=account_id).order_by("pk")
    return {
        "connected": [
            {"network": channel.network, "handle": channel.handle, "at": channel.connected_at.isoformat()}
            for channel in channels
        ],
        "decided": [{"subject": post.subject, "state": post.state, "reason": post.note} for post in posts],
    }


def erase(account_id: int, _at: datetime) -> None:
    """Forget who it was; channels and posts stay, for they are the team's."""
    Channel.objects.filter(connected_by_id=account_id).update(connected_by=None)
    Post.objects.filter(decided_by_id=account_id).update(decided_by=None)


records.register("promotion", export=export, erase=erase)
