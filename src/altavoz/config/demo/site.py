"""One channel's site at one moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from altavoz.config.demo.community_files import Channel, Work

_MEDIA = {"podcast": ("audio/mpeg", "mp3"), "video": ("video/mp4", "mp4")}


@dataclass(frozen=True)
class Site:
    """What the pages and the feed of a channel are written from; works are newest first."""

    base: str
    channel: Channel
    works: list[tuple[Work, datetime]]
    token: str = ""
    left: int = 0  # how many more can be published

    @property
    def url(self) -> str:
        """The address of the channel's page."""
        return f"{self.base}/{self.channel.slug}/"

    @property
    def in_feed(self) -> list[tuple[Work, datetime]]:
        """The works the feed lists: courses and live streams have a page only."""
        return [(work, at) for work, at in self.works if not work.kind]

    def address(self, work: Work) -> str:
        """Return the address of a work's page."""
        if self.channel.form != "video" or work.url or work.kind:
            return work.url or f"{self.url}{work.slug}/"
        return f"{self.base}/w/{self.channel.slug}-{work.slug}"  # as PeerTube has it

    def begins(self, work: Work, at: datetime) -> datetime:
        """Return when a work published at that time can be watched live: at eight in the evening in Asunción."""
        if work.begins_in_days is None:
            return at
        return (at + timedelta(days=work.begins_in_days)).replace(hour=23, minute=0, second=0, microsecond=0)

    def media(self, work: Work) -> tuple[str, str] | None:
        """Return (address, type) of what can be played, or None for something to read."""
        form = _MEDIA.get(self.channel.form)
        return (f"{self.url}{work.slug}.{form[1]}", form[0]) if form else None
