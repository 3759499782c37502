"""When something can be watched live, as pages say it, and how that reaches the entry."""

import json
from datetime import UTC, datetime

import pytest

from altavoz.ingest.actions.entries import _extra
from altavoz.ingest.parsing.page import page_of

_STARTS = datetime(2026, 5, 1, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "starts"),
    [
        ({"@type": "BroadcastEvent", "startDate": "2026-05-01T20:00:00-03:00"}, _STARTS),
        (
            {
                "@type": "VideoObject",
                "publication": [{"@type": "BroadcastEvent", "startDate": "2026-05-01T23:00Z"}],
            },
            _STARTS,
        ),
        ({"@type": "VideoObject", "publication": {"startDate": "2026-05-01T23:00Z"}}, _STARTS),
        ({"@type": "VideoObject", "publication": "live"}, None),
        ({"@type": "BroadcastEvent", "startDate": "soon"}, None),
        ({"@type": "Article"}, None),
    ],
)
def test_when_it_begins(told: dict[str, object], starts: datetime | None) -> None:
    script = json.dumps(told | {"name": "En vivo"})
    html = f'<title>En vivo</title><script type="application/ld+json">{script}</script>'
    page = page_of(html.encode(), "text/html", "https://x.example/vivo")
    assert page is not None
    assert page.item is not None
    assert page.item.starts_at == starts
    assert _extra(page.item) == ({"starts_at": starts.isoformat()} if starts else {})
