"""The networks we can carry work to: one folder each, found by looking.

A network is a folder here with a `network` in its `__init__`, or an object that another package offers under the
entry point group "altavoz.channels". Adding or deleting the folder is the whole change.
"""

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules

from altavoz.promotion.channels.contract import Network

__all__ = ["Network", "network", "networks"]


@cache
def networks() -> dict[str, Network]:
    """Return every network by name: ours, then those of other packages, which may not replace ours."""
    mine = [
        import_module(f"{__name__}.{found.name}").network for found in iter_modules(__path__) if found.ispkg
    ]
    others = [entry.load() for entry in entry_points(group="altavoz.channels")]
    return {found.name: found for found in reversed(mine + others)}


def network(name: str) -> Network:
    """Return one network; raise KeyError for one that is not installed."""
    return networks()[name]
