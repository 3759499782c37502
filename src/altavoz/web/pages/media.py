"""Pictures that we keep ourselves; where they lie elsewhere, browsers fetch them there."""

from posixpath import normpath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest

_A_YEAR = "public, max-age=31536000, immutable"
_CARDS = "cards/"  # sent by their own addresses, which ask whether what they show is still visible
_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}


def media(request: HttpRequest, name: str) -> FileResponse:  # noqa: ARG001 - Django's signature
    """Send a picture, for ever the same under its name; 404 for anything else."""
    media_type = _TYPES.get(name.rpartition(".")[2])
    try:
        if media_type is None or normpath(name).startswith(_CARDS) or not default_storage.exists(name):
            raise Http404
    except SuspiciousFileOperation:
        raise Http404 from None
    return FileResponse(
        default_storage.open(name), content_type=media_type, headers={"Cache-Control": _A_YEAR}
    )
