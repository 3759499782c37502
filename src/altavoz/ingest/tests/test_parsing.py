"""Rules of reading that no single document shows."""

from altavoz.ingest import parsing
from altavoz.ingest.parsing import jsonld, page_of, peertube, read_feed
from altavoz.ingest.parsing.encoding import decode
from altavoz.ingest.parsing.values import MAX_ITEMS, MAX_KEY, MAX_TITLE, Feed, Kind, Refused, Repair


def feed(items: str, more: str = "") -> Feed:
    body = f'<rss version="2.0"><channel><title>t</title>{more}{items}</channel></rss>'.encode()
    found = read_feed(body, url="https://f.example/feed")
    assert isinstance(found, Feed)
    return found


def test_ten_thousand_items_are_read_and_more_are_not() -> None:
    item = "<item><title>t</title><guid>{0}</guid><link>https://f.example/{0}</link></item>"
    found = feed("".join(item.format(number) for number in range(MAX_ITEMS + 5)))
    assert len(found.items) == MAX_ITEMS
    assert found.repairs == (Repair.TOO_MANY_ITEMS,)


def test_long_texts_and_ids_are_cut() -> None:
    found = feed(
        f"<item><title>{'palabra ' * 200}</title><guid isPermaLink='false'>{'x' * 900}</guid><link>/1</link></item>"
    )
    item = found.items[0]
    assert len(item.title) <= MAX_TITLE
    assert item.title.endswith("…")
    assert item.key.startswith("sha256:")
    assert len(item.key) <= MAX_KEY


def test_an_encoding_in_the_header_counts_where_the_document_is_silent() -> None:
    body = '<rss version="2.0"><channel><title>Чат</title></channel></rss>'.encode("koi8-r")
    found = read_feed(body, content_type='text/xml; charset="koi8-r"')
    assert isinstance(found, Feed)
    assert found.title == "Чат"
    assert found.repairs == ()


def test_encodings_that_do_not_exist_or_lie() -> None:
    assert decode(b'<?xml version="1.0" encoding="klingon"?><a/>')[1] is False
    assert decode("<?xml?>á".encode("utf-16-le"))[0] == "<?xml?>á"
    assert decode("<?xml?>á".encode("utf-16-be"))[0] == "<?xml?>á"
    assert decode('<?xml version="1.0" encoding="latin-1"?>á'.encode())[0].endswith("á")
    assert decode(b'<?xml version="1.0" encoding="latin-1"?>\x81')[0].endswith("\x81")
    assert decode(b"\x81", "charset=utf-8") == ("\x81", False)


def test_an_update_period_is_a_wish_to_be_left_alone() -> None:
    sy = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    body = f'<rss version="2.0" {sy}><channel><title>t</title><sy:updatePeriod>daily</sy:updatePeriod></channel></rss>'
    found = read_feed(body.encode())
    assert isinstance(found, Feed)
    assert found.ttl_s == 86400
    assert feed("", "<ttl>0</ttl>").ttl_s is None
    assert feed("", "<ttl>soon</ttl>").ttl_s is None


def test_addresses_of_people_are_not_kept() -> None:
    found = feed("<item><title>t</title><link>/1</link><author>only@mail.example</author></item>")
    assert found.items[0].authors == ()


def test_original_links_win_over_those_of_a_tracker() -> None:
    burner = 'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    body = (
        f'<rss version="2.0" {burner}><channel><title>t</title><item><title>t</title><link>https://track.example/1</link>'
        "<feedburner:origLink>https://f.example/1</feedburner:origLink></item></channel></rss>"
    )
    found = read_feed(body.encode())
    assert isinstance(found, Feed)
    assert found.items[0].url == "https://f.example/1"


def test_rss_without_a_channel_is_no_feed() -> None:
    assert read_feed(b"<rss/>") == parsing.NotAFeed(reason=Refused.NOT_A_FEED)


def test_a_document_of_control_characters_only_is_no_page() -> None:
    assert page_of(b"", "text/html", "https://x.example/") is not None
    assert page_of(b"<!-- -->", "text/html", "https://x.example/") is None


def test_json_ld_of_every_shape() -> None:
    deep: object = {"@type": "VideoObject", "name": "deep"}
    for _ in range(10):
        deep = [deep]
    assert jsonld.work_of([deep, None, "text", 3]) == jsonld.Work()
    told = {
        "@type": "https://schema.org/Course",
        "name": ["Curso"],
        "image": {"url": "https://x.example/i"},
        "keywords": ["a", 1],
    }
    assert jsonld.work_of([{"mainEntity": told}]) == jsonld.Work(
        kind=Kind.COURSE, title="Curso", thumbnail="https://x.example/i", topics=["a"]
    )


def test_peertube_answers_that_are_something_else() -> None:
    assert peertube.title_of([]) == ""
    assert peertube.title_of({"instance": {"name": "Tubo"}}) == "Tubo"
    assert peertube.title_of({"displayName": 3}) == ""
    assert peertube.video_of({"uuid": "x", "name": 1}, "https://t.example/") is None


def test_plain_letters_need_no_encoding() -> None:
    assert decode(b'<?xml version="1.0" encoding="iso-8859-1"?><a/>') == (
        '<?xml version="1.0" encoding="iso-8859-1"?><a/>',
        True,
    )


def test_links_and_names_that_say_nothing_are_passed_over() -> None:
    atom = 'xmlns:atom="http://www.w3.org/2005/Atom"'
    body = (
        f'<rss version="2.0" {atom}><channel><title/><title>t</title><atom:link rel="next" href="/2"/>'
        '<atom:link rel="self" href="/feed"/></channel></rss>'
    )
    found = read_feed(body.encode(), url="https://f.example/")
    assert isinstance(found, Feed)
    assert (found.title, found.url) == ("t", "https://f.example/feed")


def test_a_page_may_say_that_it_is_a_video() -> None:
    html = b'<title>t</title><meta charset="utf-8"><meta property="og:type" content="video.other">'
    page = page_of(html, "text/html", "https://v.example/x")
    assert page is not None
    assert page.is_work
    assert page.item is not None
    assert page.item.kind is Kind.VIDEO
