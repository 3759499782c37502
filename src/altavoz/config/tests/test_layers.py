"""The layer law, where imports cannot see it: foreign keys point down, and no engine to its neighbour."""

from typing import Any, TypeAlias

import pytest
from django.apps import apps
from django.db.models import Field, ForeignObject

AnyField: TypeAlias = "Field[Any, Any]"

#: From the bottom up; engines share a floor.
FLOORS = {
    "core": 0,
    "people": 1,
    "ingest": 2,
    "moderation": 2,
    "promotion": 2,
    "search": 2,
    "showcase": 3,
    "insights": 4,
    "web": 5,
    "api": 5,
}
OURS = sorted(FLOORS)


def _references() -> list[tuple[str, str, AnyField]]:
    return [
        (app, field.related_model._meta.app_label, field)
        for app in OURS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if isinstance(field, ForeignObject)
    ]


def test_every_room_has_its_floor() -> None:
    rooms = {config.label for config in apps.get_app_configs() if config.name.startswith("altavoz.")}
    assert rooms == set(FLOORS)


@pytest.mark.parametrize(("app", "other", "field"), _references(), ids=str)
def test_foreign_keys_point_down(app: str, other: str, field: AnyField) -> None:
    assert other not in FLOORS or other == app or FLOORS[other] < FLOORS[app], field
