"""The demonstration: an invented community, and small local servers that stand for the outside world."""

from datetime import datetime


def load(at: datetime) -> list[str]:
    """Bring the community to life, once; return a line with a sign-in link for each role.

    The local servers and a worker run already: addresses are discovered, fetched and reviewed as real ones are.
    """
    from altavoz.config.demo import loading

    return loading.load(at)
