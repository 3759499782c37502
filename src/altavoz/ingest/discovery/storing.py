"""A finding as JSON and back, so that it can wait in a row until somebody confirms it."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from altavoz.ingest.discovery.values import Alternative, Found, Preview
from altavoz.ingest.states import SourceKind


def to_json(found: Found) -> dict[str, Any]:
    """Return the finding as plain values."""
    stored = asdict(found)
    for item in stored["items"]:
        moment: datetime | None = item["published_at"]
        item["published_at"] = moment.isoformat() if moment else None
    return stored


def from_json(stored: Mapping[str, Any]) -> Found:
    """Return the finding that `to_json` stored."""
    return Found(
        **{
            **stored,
            "kind": SourceKind(stored["kind"]),
            "items": tuple(_preview(item) for item in stored["items"]),
            "alternatives": tuple(
                Alternative(**{**other, "kind": SourceKind(other["kind"])})
                for other in stored["alternatives"]
            ),
            "verifications": tuple(stored["verifications"]),
        }
    )


def _preview(item: Mapping[str, Any]) -> Preview:
    moment = item["published_at"]
    return Preview(**{**item, "published_at": datetime.fromisoformat(moment) if moment else None})
