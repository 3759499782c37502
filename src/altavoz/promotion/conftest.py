"""What every test of promotion may ask for."""

from altavoz.promotion.tests.fixtures import (
    channel,
    connection,
    fake,
    offer,
    planned,
    promoter,
    stranger,
    waiting,
    works,
)

__all__ = ["channel", "connection", "fake", "offer", "planned", "promoter", "stranger", "waiting", "works"]
