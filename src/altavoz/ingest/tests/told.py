"""Values as JSON for comparison: what stands at its default is left out."""

import dataclasses
from datetime import datetime
from enum import Enum
from typing import Any


def told(value: Any) -> Any:  # noqa: ANN401 - any value a parser returns
    """Return the value as JSON would hold it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        given = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        usual = {field.name: field.default for field in dataclasses.fields(value)}
        kept = {name: told(each) for name, each in given.items() if each != usual[name]}
        return {"type": type(value).__name__} | kept
    if isinstance(value, tuple | list):
        return [told(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime) else value
