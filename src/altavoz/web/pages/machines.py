"""What machines that find and embed pages ask for: sitemaps and oEmbed."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse

from altavoz.web import oembed, sitemaps
from altavoz.web.caching import LIFE, about, public_page
from altavoz.web.handlers import WORKS
from altavoz.web.positions import position

_MOST_PARTS = 10**12  # no id is larger than this many thousands


@public_page(subjects=lambda: {WORKS})
def sitemap_index(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """List the parts of the sitemap."""
    return HttpResponse(sitemaps.index(), content_type="application/xml; charset=utf-8")


def sitemap(request: HttpRequest, kind: str, number: int) -> StreamingHttpResponse:  # noqa: ARG001 - as above
    """Send a part of the sitemap while it is written; 404 for one that has no page."""
    pieces = sitemaps.part(kind, number) if kind in sitemaps.KINDS and number < _MOST_PARTS else None
    if pieces is None:
        raise Http404
    return StreamingHttpResponse(pieces, content_type="application/gzip", headers={"Cache-Control": LIFE})


@public_page(subjects=set, query=("url", "format", "maxwidth", "maxheight"))
def embed(request: HttpRequest) -> HttpResponse:
    """Describe a page of ours as oEmbed asks for; 404 for other addresses, 501 for other formats."""
    form = request.GET.get("format", "json")
    if form not in {"json", "xml"}:
        return HttpResponse(status=501)
    url = request.GET.get("url", "")
    quoted = oembed.read(url)
    about(request, quoted.subject)
    fields = oembed.answer(
        quoted,
        url,
        most_wide=position(request.GET.get("maxwidth", "")),
        most_high=position(request.GET.get("maxheight", "")),
    )
    if form == "xml":
        return HttpResponse(oembed.xml(fields), content_type="text/xml; charset=utf-8")
    response = JsonResponse(fields, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
