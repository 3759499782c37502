"""An imitation of YouTube's Data API, written by hand after its documentation; it is not the real service.

It knows `playlistItems.list` of one list: pages of fifty with tokens, a key in the header, a daily quota of one unit a
page, and the errors that its documentation names.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from werkzeug import Request, Response


@dataclass
class DataApi:
    """A list of videos behind a key."""

    playlist: str
    videos: list[dict[str, Any]]
    key: str = "right-key"
    quota: int = 100
    asked: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, request: Request) -> Response:
        """Answer as the service does."""
        self.asked.append(dict(request.args))
        if request.headers.get("X-Goog-Api-Key") != self.key:
            return self._error(400, "badRequest", "API key not valid. Please pass a valid API key.")
        if self.quota == 0:
            return self._error(
                403, "quotaExceeded", "The request cannot be completed because you exceeded your quota."
            )
        self.quota -= 1
        if request.args["playlistId"] != self.playlist:
            return self._error(
                404, "playlistNotFound", "The playlist identified with the request cannot be found."
            )
        start = int(request.args.get("pageToken", "PAGE-0").removeprefix("PAGE-"))
        end = start + int(request.args["maxResults"])
        told: dict[str, Any] = {"kind": "youtube#playlistItemListResponse", "items": self.videos[start:end]}
        told |= {"pageInfo": {"totalResults": len(self.videos), "resultsPerPage": 50}}
        if end < len(self.videos):
            told["nextPageToken"] = f"PAGE-{end}"
        return Response(json.dumps(told), content_type="application/json; charset=UTF-8")

    def _error(self, code: int, reason: str, message: str) -> Response:
        each = {"message": message, "domain": "youtube.quota", "reason": reason}
        body = {"error": {"code": code, "message": message, "errors": [each]}}
        return Response(json.dumps(body), status=code, content_type="application/json; charset=UTF-8")


def video(number: int, title: str = "", privacy: str = "public") -> dict[str, Any]:
    """Return an item of a list; one that is private tells no title and no date, as there."""
    pk = f"V{number:010d}"
    hidden = privacy == "private"
    details = {"videoId": pk} | (
        {} if hidden else {"videoPublishedAt": f"2020-01-{number % 28 + 1:02d}T10:00:00Z"}
    )
    return {
        "kind": "youtube#playlistItem",
        "snippet": {
            "publishedAt": "2021-01-01T00:00:00Z",
            "title": "Private video" if hidden else title or f"Charla número {number} sobre Python",
            "description": "" if hidden else "Cómo leer datos abiertos con calma y dibujar mapas del barrio.",
            "thumbnails": {
                "high": {"url": f"https://i.ytimg.com/vi/{pk}/hqdefault.jpg", "width": 480, "height": 360}
            },
            "channelTitle": "Pandas del Sur",
            "videoOwnerChannelTitle": "Pandas del Sur",
            "resourceId": {"kind": "youtube#video", "videoId": pk},
        },
        "contentDetails": details,
        "status": {"privacyStatus": privacy},
    }
