"""The sign-in links that the demo prints."""

from http import HTTPStatus

from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from altavoz.people import links


@never_cache
@require_GET
def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in whom the link is for."""
    try:
        account, then = links.opened(token, at=timezone.now())
    except PermissionDenied as error:
        raise Http404 from error
    except links.OldLinkError:
        return render(request, "people/old_link.html", status=HTTPStatus.GONE)
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(f"/{account.language}/{then}" if then else "people:settings")
