"""Every component on one page for developers, with hostile content and in both directions."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Example:
    """One use of a component: what a template would write, and the values it uses."""

    source: str
    values: Mapping[str, object] = field(default_factory=dict)
