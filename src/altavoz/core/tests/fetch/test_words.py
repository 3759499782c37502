"""Every failure has words for the person who gave the address."""

import pytest
from django.utils.functional import Promise

from altavoz.core.fetch import Failure, Reason, in_words


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_of_its_own(reason: Reason) -> None:
    words = in_words(Failure("http://x/", reason, "detail"))
    assert isinstance(words, Promise)
    assert str(words).endswith(".")


def test_no_two_reasons_are_told_alike() -> None:
    assert len({str(in_words(Failure("", reason, ""))) for reason in Reason}) == len(Reason)
