"""Indexing again what is visible."""

from datetime import datetime

import pytest

from altavoz import search
from altavoz.search import indexing
from altavoz.search.models import Indexed, Word
from altavoz.showcase import actions, exporting
from altavoz.showcase.tests.builders import a_channel, a_creator, an_entry

pytestmark = pytest.mark.django_db


def test_only_what_is_visible_and_read_in_another_way_is_written(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = a_channel(a_creator(at=at), at=at)
    shown, hidden = actions.gather(
        [an_entry(channel, key, at=at, title="Decoradores").pk for key in ("1", "2")], at=at
    )
    actions.submit_waiting(at=at)
    actions.publish(subject=f"showcase.publication:{shown}", revision=1, at=at)
    Word.objects.all().delete()
    assert [actions.index_again(number=number) for number in exporting.work_spans(actions.SPAN)] == [0]
    monkeypatch.setattr(indexing, "VERSION", indexing.VERSION + 1)
    assert [actions.index_again(number=number) for number in exporting.work_spans(actions.SPAN)] == [1]
    assert Word.objects.exists()
    assert list(Indexed.objects.values_list("subject", flat=True)) == [f"showcase.publication:{shown}"]
    assert search.find(search.Query(text="decoradores")).hits
    assert hidden != shown
