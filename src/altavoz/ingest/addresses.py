"""One address per work: tracking dropped, YouTube's many forms folded into one, hosts compared without noise."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "matomo_", "_hs", "hsa_", "mc_", "at_", "wt_")
_TRACKING = frozenset(
    [
        "fbclid",
        "gclid",
        "gclsrc",
        "dclid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "li_fat_id",
        "wbraid",
        "gbraid",
        "_ga",
        "_gl",
        "spm",
        "s_cid",
        "cmpid",
        "ref_src",
        "ref_url",
        "vero_id",
        "oly_enc_id",
        "oly_anon_id",
        "rss_id",
        "share_source",
    ]
)
#: Parameters that only track on these hosts and may mean something elsewhere.
_TRACKING_ON = {
    "open.spotify.com": frozenset({"si", "context"}),
    "youtube.com": frozenset({"si", "feature", "pp", "ab_channel"}),
}
_YOUTUBE_HOSTS = frozenset(
    {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"}
    | {"www.youtube-nocookie.com", "youtu.be", "www.youtu.be"}
)
_VIDEO_ID = re.compile(r"[\w-]{11}", re.ASCII)
_VIDEO_PATHS = frozenset({"shorts", "live", "embed", "v", "e", "vi"})
_CHANNEL_ID = re.compile(r"UC[\w-]{22}", re.ASCII)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_MAX_LENGTH = 2000
#: A path that cleaning would leave as it is.
_CLEAN = re.compile(r"/[\w/.~-]*", re.ASCII)
_SAFE_PATH = "/:@!$&'()*+,;=~-._"


def canonical(url: str, *, base: str = "") -> str:
    """Return the one address under which a work is known, or "" for what is no web address."""
    parts = _split(url, base)
    if parts is None:
        return ""
    scheme, host, port, path, query = parts
    known = _KNOWN_HOSTS.get(host)
    if known and (short := known(path, query)):
        return short
    netloc = f"{host}:{port}" if port else host
    folded = urlunsplit((scheme, netloc, _clean_path(path), _clean_query(query, host), ""))
    return folded if len(folded) <= _MAX_LENGTH else ""


def absolute(url: str, base: str) -> str:
    """Return the address as it should be followed, or "" when it does not lead to the web."""
    try:
        joined = urljoin(base, url.strip()) if url.strip() else ""
        parts = urlsplit(joined)
    except ValueError:
        return ""
    web = parts.scheme in _DEFAULT_PORTS and parts.hostname and len(joined) <= _MAX_LENGTH
    return re.sub(r"\s", "%20", joined) if web else ""


def same_site(one: str, other: str) -> bool:
    """Tell whether both addresses are on one host, with or without www."""
    first, second = host_of(one), host_of(other)
    return bool(first) and first == second


def host_of(url: str) -> str:
    """Return the host in lower case without www."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def identity(url: str) -> str:
    """Return what stays of a canonical address when a blog moves: path and query, no host, no trailing slash."""
    parts = urlsplit(url)
    path = re.sub(r"(/index)?\.(html?|php)$", "", parts.path).rstrip("/").casefold()
    return f"{path}?{parts.query}" if parts.query else path


def preferred(page: str, declared: str) -> str:
    """Return the canonical address of a page: what it declares when that is on the same site."""
    target = absolute(declared, page) if declared else ""
    return canonical(target if target and same_site(target, page) else page)


def youtube_video(url: str) -> str:
    """Return the video id of any YouTube address of a video, else ""."""
    parts = _split(url, "")
    if parts is None or parts[1] not in _YOUTUBE_HOSTS:
        return ""
    return _video_id(parts[1], parts[3], parts[4])


def youtube_channel(url: str) -> str:
    """Return the channel id when the address names it itself, else ""."""
    parts = _split(url, "")
    if parts is None or parts[1] not in _YOUTUBE_HOSTS:
        return ""
    asked = dict(parse_qsl(parts[4])).get("channel_id", "")
    found = _CHANNEL_ID.fullmatch(asked) or _CHANNEL_ID.search(parts[3])
    return found[0] if found else ""


def youtube_playlist(url: str) -> str:
    """Return the playlist id of a playlist's address or feed, else ""."""
    parts = _split(url, "")
    if parts is None or parts[1] not in _YOUTUBE_HOSTS:
        return ""
    asked = dict(parse_qsl(parts[4]))
    found = asked.get("playlist_id") or asked.get("list", "")
    return found if re.fullmatch(r"[\w-]{10,64}", found, re.ASCII) else ""


def is_youtube(url: str) -> bool:
    """Tell whether the address is on one of YouTube's hosts."""
    parts = _split(url, "")
    return parts is not None and parts[1] in _YOUTUBE_HOSTS


def _split(url: str, base: str) -> tuple[str, str, int | None, str, str] | None:
    joined = absolute(url, base)
    if not joined:
        return None
    parts = urlsplit(joined)
    try:
        port = parts.port
    except ValueError:
        return None
    scheme, host = parts.scheme, _ascii_host(parts.hostname or "")
    return (scheme, host, None if port == _DEFAULT_PORTS[scheme] else port, parts.path, parts.query)


def _ascii_host(host: str) -> str:
    host = host.rstrip(".").lower()
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_host = host
    return f"[{ascii_host}]" if ":" in ascii_host else ascii_host


def _clean_path(path: str) -> str:
    if _CLEAN.fullmatch(path) and "/." not in path:
        return path
    segments: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            segments[-1:] = []
        elif segment != ".":
            segments.append(quote(unquote(segment), safe=_SAFE_PATH.replace("/", "")))
    return "/" + "/".join(segments)


def _clean_query(query: str, host: str) -> str:
    if not query:
        return ""
    site = host.removeprefix("www.")
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if name.lower() not in _TRACKING
        and not name.lower().startswith(_TRACKING_PREFIXES)
        and name not in _TRACKING_ON.get(site, ())
    ]
    return urlencode(sorted(kept))


def _video_id(host: str, path: str, query: str) -> str:
    segments = [segment for segment in path.split("/") if segment]
    if host.endswith("youtu.be"):
        candidate = segments[0] if segments else ""
    elif segments[:1] == ["watch"]:
        candidate = dict(parse_qsl(query)).get("v", "") or "".join(segments[1:2])
    elif segments and segments[0] in _VIDEO_PATHS:
        candidate = "".join(segments[1:2])
    else:
        candidate = ""
    found = _VIDEO_ID.match(candidate)
    return found[0] if found else ""


def _youtube(host: str) -> Callable[[str, str], str]:
    def fold(path: str, query: str) -> str:
        if video := _video_id(host, path, query):
            return f"https://www.youtube.com/watch?v={video}"
        asked = dict(parse_qsl(query))
        if path.startswith("/playlist") and "list" in asked:
            return f"https://www.youtube.com/playlist?list={asked['list']}"
        if found := re.match(r"/channel/(UC[\w-]{22})", path, re.ASCII):
            return f"https://www.youtube.com/channel/{found[1]}"
        if found := re.match(r"/(@[^/]+)", path):
            return f"https://www.youtube.com/{unquote(found[1]).lower()}"
        if found := re.match(r"/(user|c)/([^/]+)", path):
            return f"https://www.youtube.com/{found[1]}/{unquote(found[2])}"
        return ""

    return fold


def _vimeo(path: str, query: str) -> str:
    del query
    found = re.match(r"/(?:video/)?(\d+)", path, re.ASCII)
    return f"https://vimeo.com/{found[1]}" if found else ""


def _archive(path: str, query: str) -> str:
    del query
    found = re.match(r"/(?:details|embed)/([^/]+)/?$", path)
    return f"https://archive.org/details/{found[1]}" if found else ""


_KNOWN_HOSTS: dict[str, Callable[[str, str], str]] = {
    **{host: _youtube(host) for host in _YOUTUBE_HOSTS},
    **dict.fromkeys(("vimeo.com", "www.vimeo.com", "player.vimeo.com"), _vimeo),
    **dict.fromkeys(("archive.org", "www.archive.org"), _archive),
}
