"""Run the imitation: `python -m altavoz.promotion.channels.mastodon.fake --port 8010 --account altavoz=demo-token`."""

import argparse
import contextlib
import signal
import sys
from pathlib import Path
from types import FrameType

from altavoz.promotion.channels.mastodon.fake.server import Server
from altavoz.promotion.channels.mastodon.fake.state import REQUESTS, World


def main() -> None:  # pragma: no cover  runs in a process of its own, see test_fake
    """Serve until told to stop."""
    asked = _arguments().parse_args()
    accounts = dict(reversed(pair.partition("=")[::2]) for pair in asked.account)
    signal.signal(signal.SIGTERM, _stop)
    world = World(accounts=accounts, file=asked.state, requests=asked.requests)
    with Server(world, asked.port) as server, contextlib.suppress(KeyboardInterrupt):
        sys.stdout.write(f"{server.address}\n")
        sys.stdout.flush()
        server.serve_forever()


def _arguments() -> argparse.ArgumentParser:  # pragma: no cover  as above
    parser = argparse.ArgumentParser(description="A local imitation of a Mastodon server.")
    parser.add_argument("--port", type=int, default=8010)
    parser.add_argument("--state", type=Path, help="keep the statuses in this file")
    parser.add_argument("--account", action="append", default=[], metavar="NAME=TOKEN")
    parser.add_argument("--requests", type=int, default=REQUESTS, help="requests allowed per 5 minutes")
    return parser


def _stop(_signal: int, _frame: FrameType | None) -> None:  # pragma: no cover  as above
    raise KeyboardInterrupt


if __name__ == "__main__":  # pragma: no cover  as above
    main()
