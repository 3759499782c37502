"""A worker that ends when there is nothing left to do."""

import asyncio
import os

QUEUES = ["handlers", "bulk"]


async def _run() -> None:
    from altavoz.core import jobs

    ours = jobs.worker_app()
    async with ours.open_async():
        await ours.run_worker_async(
            wait=False, queues=QUEUES, concurrency=os.cpu_count() or 1, install_signal_handlers=False
        )


def main() -> None:
    """Run what is waiting."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "altavoz.config.settings")
    import django

    django.setup()
    asyncio.run(_run())


main()
