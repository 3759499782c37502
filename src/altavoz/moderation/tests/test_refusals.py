"""Every refusal has words, and they can be told in every language."""

from collections.abc import Callable

import pytest
from django.utils import translation

from altavoz.moderation.refusals import Refused
from altavoz.moderation.states import Code


@pytest.mark.parametrize("code", list(Code))
def test_every_code_has_words(code: Code) -> None:
    with translation.override(None):
        words = str(Refused(code).words)
    assert words[0].isupper()
    assert words.endswith(".")


def refused(code: Code, call: Callable[[], object]) -> None:
    """Fail unless the call is refused for that reason."""
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.code == code


def test_a_refusal_shows_its_code_to_developers() -> None:
    assert str(Refused(Code.CONFLICT)) == "conflict"
