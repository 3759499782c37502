"""How much of the machine's memory the embedded server may count on."""

import os
from pathlib import Path

_MB = 1024 * 1024
_LIMIT = Path("/sys/fs/cgroup/memory.max")  # of the container we may be in


def of_machine(limit: Path = _LIMIT) -> int:
    """Return the bytes of memory that there are for us."""
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        return min(there, int(limit.read_text(encoding="ascii")))
    except (OSError, ValueError):  # no container, or "max"
        return there


def options(memory: int) -> str:
    """Return what the server is started with: modest shares, because web and worker live on the same machine."""
    shares = {
        "shared_buffers": _share(memory, 8, least=128, most=2048),
        "effective_cache_size": _share(memory, 2, least=256, most=65_536),
        "work_mem": _share(memory, 1024, least=4, most=32),
        "maintenance_work_mem": _share(memory, 32, least=64, most=512),
    }
    # Reading here and there costs a solid-state disk, or memory, hardly more than reading on.
    return " ".join(f"-c {name}={size}MB" for name, size in shares.items()) + " -c random_page_cost=1.1"


def _share(memory: int, part: int, *, least: int, most: int) -> int:
    """Return one of so many parts of the memory in megabytes, within bounds."""
    return max(least, min(most, memory // part // _MB))
