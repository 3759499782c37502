"""Old entries and new items in, intentions out."""

import dataclasses
from datetime import UTC, datetime, timedelta

from altavoz.ingest.deciding import Intentions, Known, Prepared, decide, languages_of, prepare
from altavoz.ingest.deciding.entries import dated
from altavoz.ingest.parsing import Item, Kind

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def item(key: str, **fields: object) -> Item:
    usual = {"url": f"https://b.example/{key}", "title": f"Título {key}"}
    return Item(key=key, **(usual | fields))  # type: ignore[arg-type]


def known(pk: int, prepared: Prepared, **fields: object) -> Known:
    it = prepared.item
    usual = {"id": pk, "key": it.key, "canonical_url": prepared.canonical_url, "title": it.title}
    usual |= {"published_at": it.published_at, "digest": prepared.digest}
    return Known(**(usual | fields))  # type: ignore[arg-type]


def test_new_changed_unchanged() -> None:
    one, two, three = (prepare(item(key)) for key in "123")
    changed = prepare(item("2", title="Otro"))
    assert decide([known(1, one), known(2, two)], [one, changed, three]) == Intentions(
        new=(three,), changed=((2, changed),), unchanged=1
    )


def test_what_leaves_the_window_of_a_feed_still_exists() -> None:
    one, two = prepare(item("1")), prepare(item("2"))
    assert decide([known(1, one)], [two]) == Intentions(new=(two,))


def test_what_a_source_says_it_deleted_is_gone() -> None:
    one, two = prepare(item("1")), prepare(item("2"))
    assert decide([known(1, one), known(2, two)], [two], deleted=["1", "9"]) == Intentions(
        unchanged=1, gone=(1,)
    )


def test_what_leaves_a_complete_list_is_gone_once() -> None:
    one, two = prepare(item("1")), prepare(item("2"))
    old = [known(1, one), known(2, two, gone=True)]
    assert decide(old, [], complete=True) == Intentions(gone=(1,))


def test_what_comes_back_is_changed() -> None:
    one = prepare(item("1"))
    assert decide([known(1, one, gone=True)], [one]) == Intentions(changed=((1, one),))


def test_a_new_key_at_the_same_address_is_the_same_work() -> None:
    old = prepare(item("1"))
    new = prepare(dataclasses.replace(old.item, key="https://b.example/?p=1"))
    assert decide([known(1, old)], [new]) == Intentions(changed=((1, new),))


def test_a_site_that_became_secure_does_not_duplicate() -> None:
    old, new = prepare(item("1", url="http://b.example/1")), prepare(item("n1", url="https://b.example/1"))
    assert decide([known(1, old)], [new]) == Intentions(changed=((1, new),))


def test_a_moved_blog_does_not_duplicate() -> None:
    old = prepare(item("1", url="http://viejo.example/2020/hola.html"))
    new = prepare(item("n1", url="https://nuevo.example/2020/hola/", title="Título 1"))
    assert decide([known(1, old)], [new]) == Intentions(changed=((1, new),))


def test_a_moved_blog_with_new_paths_is_known_by_title_and_moment() -> None:
    old = prepare(item("1", published_at=DAY))
    new = prepare(item("n1", url="https://nuevo.example/x", title="TÍTULO 1", published_at=DAY))
    assert decide([known(1, old)], [new]) == Intentions(changed=((1, new),))


def test_the_same_title_alone_is_only_a_hint() -> None:
    old = prepare(item("1", title="Lightning talks", published_at=DAY))
    new = prepare(item("2", title="Lightning talks", published_at=DAY + timedelta(days=1)))
    assert decide([known(1, old)], [new]) == Intentions(new=(new,))


def test_one_old_entry_matches_once() -> None:
    old = prepare(item("1", published_at=DAY))
    twins = [
        prepare(item(key, url=f"https://n.example/{key}", title="Título 1", published_at=DAY)) for key in "ab"
    ]
    assert decide([known(1, old)], twins) == Intentions(new=(twins[1],), changed=((1, twins[0]),))


def test_the_same_address_twice_in_a_feed_is_one_work() -> None:
    one, again = prepare(item("1")), prepare(item("2", url="https://b.example/1?utm_source=x"))
    assert decide([], [one, again]) == Intentions(new=(one,), twice=("2",))


def test_in_a_catalogue_each_record_stays() -> None:
    one, again = prepare(item("1")), prepare(item("2", url="https://b.example/1"))
    assert decide([], [one, again], complete=True) == Intentions(new=(one, again))


def test_works_without_an_address_are_told_by_their_keys() -> None:
    one, two = prepare(item("1", url="")), prepare(item("2", url=""))
    assert decide([], [one, two]).new == (one, two)


def test_the_digest_covers_what_is_seen_and_no_dates() -> None:
    base = prepare(item("1"))
    assert prepare(item("1", updated_at=DAY, published_at=DAY)).digest == base.digest
    different = [
        prepare(item("1", **change)).digest
        for change in ({"title": "x"}, {"summary": "x"}, {"language": "es"})
    ]
    assert len({base.digest, *different, prepare(base.item, extra={"category": "x"}).digest}) == 5


def test_dates_in_the_future_are_mistakes() -> None:
    assert dated(DAY + timedelta(days=9), DAY) == DAY
    assert dated(DAY + timedelta(hours=9), DAY) == DAY + timedelta(hours=9)
    assert dated(None, DAY) is None


SPANISH = {"title": "Cómo escribir pruebas que se entienden", "summary": "Una charla para quien empieza."}


def test_a_declared_language_wins_and_detection_tells_that_of_the_words() -> None:
    found = languages_of(**SPANISH, kind=Kind.TALK, declared="gl")
    assert (found.spoken, found.metadata) == ("gl", "es")
    assert found.confidence > 0.5


def test_without_a_declaration_both_are_detected() -> None:
    found = languages_of(**SPANISH, kind=Kind.VIDEO, of_feed="en-US")
    assert (found.spoken, found.metadata) == ("es", "es")


def test_a_podcast_is_spoken_in_the_language_of_its_feed() -> None:
    found = languages_of(title="The state of packaging today", summary="", kind=Kind.PODCAST, of_feed="pt-BR")
    assert (found.spoken, found.metadata) == ("pt-BR", "en")


def test_the_region_is_taken_from_what_was_told() -> None:
    text = {"title": "Como escrever testes que a gente entende", "summary": "Uma palestra para você."}
    assert languages_of(**text, kind=Kind.ARTICLE, of_feed="pt-BR").metadata == "pt-BR"


def test_unknown_stays_unknown() -> None:
    found = languages_of(title="1234", summary="", kind=Kind.ARTICLE)
    assert (found.spoken, found.metadata, found.confidence) == ("und", "und", 0.0)
    assert languages_of(title="1234", summary="", kind=Kind.ARTICLE, of_feed="fr").spoken == "fr"


def test_the_front_page_of_a_site_says_nothing_about_a_work() -> None:
    old = prepare(item("1", url="https://viejo.example/", title="Inicio"))
    new = prepare(item("2", url="https://nuevo.example/", title="Inicio"))
    assert decide([known(1, old)], [new]) == Intentions(new=(new,))
