"""Which class of site a reader came from, by its host alone."""

import re
from collections.abc import Collection

from altavoz.insights.states import Source

#: Hosts, or their ends after a dot, by class. Short on purpose: what is missing is "another site".
_KNOWN = """
search bing.com duckduckgo.com ecosia.org qwant.com startpage.com baidu.com naver.com daum.net sogou.com
search seznam.cz search.brave.com kagi.com mojeek.com marginalia-search.com search.marginalia.nu so.com
search swisscows.com metager.de coccoc.com com.google.android.googlequicksearchbox
feed feedly.com inoreader.com newsblur.com feedbin.com theoldreader.com bazqux.com netvibes.com feeder.co
feed commafeed.com yarr.info planetpython.org flipboard.com
assistant chatgpt.com chat.openai.com perplexity.ai gemini.google.com claude.ai copilot.microsoft.com
assistant chat.deepseek.com chat.mistral.ai you.com phind.com
mastodon fosstodon.org hachyderm.io pawoo.net fedibird.com infosec.exchange chaos.social joinmastodon.org
mastodon org.joinmastodon.android mas.to tkz.one ursal.zone
bluesky bsky.app bsky.social go.bsky.app
x x.com twitter.com t.co com.twitter.android
facebook facebook.com fb.com fb.me messenger.com com.facebook.katana
instagram instagram.com com.instagram.android
linkedin linkedin.com lnkd.in com.linkedin.android
reddit reddit.com redd.it com.reddit.frontpage
telegram t.me telegram.org telegram.me org.telegram.messenger
whatsapp whatsapp.com wa.me com.whatsapp
youtube youtube.com youtu.be
social threads.net threads.com vk.com ok.ru tiktok.com discord.com slack.com pinterest.com weibo.com
social zhihu.com line.me note.com qiita.com hatena.ne.jp lobste.rs news.ycombinator.com dev.to tumblr.com
social kakao.com
"""
_BY_HOST = {
    host: Source(name)
    for name, *hosts in (line.split() for line in _KNOWN.strip().splitlines())
    for host in hosts
}
_NATIONAL = re.compile(r"(?:^|\.)(?:google|yandex|search\.yahoo)\.[a-z]{2,3}(?:\.[a-z]{2})?$")
_MAIL = re.compile(r"^(?:mail|e?mail\w*|outlook|webmail)\.")
_FEDIVERSE = re.compile(
    r"mastodon|mstdn|(?:^|\.)masto|misskey|pleroma|akkoma|pixelfed|lemmy|peertube|\.social$"
)
_LONGEST = 253


def source_of(host: str, *, own: Collection[str] = ()) -> Source:
    """Return the class of a host as browsers tell it; anything that is no host counts as not told.

    `own` are our own hosts. An Android app tells its package name in the place of a host.
    """
    plain = host.strip().lower().rpartition("@")[2].partition(":")[0].rstrip(".")
    if not plain or len(plain) > _LONGEST:
        return Source.DIRECT
    if plain in own:
        return Source.OWN
    return _listed(plain) or _looks_like(plain)


def _listed(host: str) -> Source | None:
    """Return the class of the host or of the nearest domain above it."""
    rest = host
    while rest:
        if rest in _BY_HOST:
            return _BY_HOST[rest]
        rest = rest.partition(".")[2]
    return None


def _looks_like(host: str) -> Source:
    if _MAIL.match(host):
        return Source.OTHER
    if _NATIONAL.search(host):
        return Source.SEARCH
    return Source.MASTODON if _FEDIVERSE.search(host) else Source.OTHER
