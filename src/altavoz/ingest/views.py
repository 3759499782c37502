"""Where hubs call us: to make sure that we asked, and with news."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from altavoz.ingest import actions


@csrf_exempt  # hubs have no session; the address is secret and the body is signed
@require_http_methods(["GET", "POST"])
def websub(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a hub: its challenge if we asked, 404 if we did not, 202 for news whatever we think of it."""
    return _verify(request, token) if request.method == "GET" else _receive(request, token)


def _verify(request: HttpRequest, token: str) -> HttpResponse:
    asked = request.GET
    mode, topic = asked.get("hub.mode", ""), asked.get("hub.topic", "")
    at = timezone.now()
    if mode == "denied":
        known = actions.refuse_subscription(token=token, topic=topic, at=at)
        return HttpResponse(status=200 if known else 404)
    lease = asked.get("hub.lease_seconds", "")
    if mode != "subscribe" or not actions.confirm_subscription(token=token, topic=topic, lease=lease, at=at):
        return HttpResponse(status=404)
    return HttpResponse(asked.get("hub.challenge", ""), content_type="text/plain; charset=utf-8")


def _receive(request: HttpRequest, token: str) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > actions.MAX_BODY:
        return HttpResponse(status=413)
    known = actions.receive_push(
        token=token,
        body=request.read(actions.MAX_BODY + 1),
        content_type=request.headers.get("content-type", ""),
        signature=request.headers.get("x-hub-signature", ""),
        at=timezone.now(),
    )
    return HttpResponse(status=202 if known else 404)
