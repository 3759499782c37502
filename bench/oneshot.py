"""A worker that ends when there is nothing left to do."""

import asyncio
import os

QUEUES = ["handlers", "bulk"]


async def _run() -> None:
    from procrastinate.contrib.django import app

    with app.replace_connector(app.connector.get_worker_connector()) as ours:  # type: ignore[attr-defined]
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
