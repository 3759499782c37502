"""The embedded server takes a modest share of whatever memory there is."""

from pathlib import Path

from altavoz.core.postgres import memory

_GB = 1024**3


def test_shares_of_small_usual_and_large_machines() -> None:
    rest = "-c random_page_cost=1.1"
    assert memory.options(_GB // 2) == (
        "-c shared_buffers=128MB -c effective_cache_size=256MB -c work_mem=4MB -c maintenance_work_mem=64MB "
        + rest
    )
    assert memory.options(8 * _GB) == (
        "-c shared_buffers=1024MB -c effective_cache_size=4096MB -c work_mem=8MB -c maintenance_work_mem=256MB "
        + rest
    )
    assert memory.options(256 * _GB) == (
        "-c shared_buffers=2048MB -c effective_cache_size=65536MB -c work_mem=32MB -c maintenance_work_mem=512MB "
        + rest
    )


def test_a_container_has_what_it_was_given(tmp_path: Path) -> None:
    limit = tmp_path / "memory.max"
    machine = memory.of_machine(limit)
    limit.write_text("max\n", encoding="ascii")
    assert memory.of_machine(limit) == machine
    limit.write_text("1048576\n", encoding="ascii")
    assert memory.of_machine(limit) == 1048576
