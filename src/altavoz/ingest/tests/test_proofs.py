"""Proofs of ownership: found, looked for again, lost."""

import socket
import threading
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta

import dns.message
import dns.rcode
import dns.rrset
import pytest
from pytest_httpserver import HTTPServer

from altavoz.core.models import Event
from altavoz.ingest import actions, parsing, proving, queries, tasks, visiting, words
from altavoz.ingest.models import Proof, Source
from altavoz.ingest.proving import FOUND, UNREACHABLE, Verdict
from altavoz.ingest.states import ProofMethod, ProofState
from altavoz.ingest.tests.conftest import OWNER
from altavoz.people import records
from altavoz.people.models import Account

CODE = "altavoz-0123456789abcdef"
BACK = "https://altavoz.example/es/creators/ana/"
MISSING = Verdict(found=False, finding="code_missing")


class Records:
    """A domain name system of one's own."""

    def __init__(self, **names: Collection[str]) -> None:
        self.names = names

    def texts(self, name: str) -> Collection[str] | None:
        return self.names.get(name.replace(".", "_"))


def page(html: str, url: str = "https://b.example/") -> parsing.Page | None:
    return parsing.page_of(html.encode(), "text/html", url)


def test_a_link_back_counts_in_any_of_our_languages_but_not_from_visitors() -> None:
    def verdict(html: str) -> Verdict:
        return proving.rel_me(page(html), BACK)

    assert verdict('<a rel="me" href="https://altavoz.example/pt-br/creators/ana">x</a>') == FOUND
    assert (
        verdict('<link rel="me noopener" href="https://altavoz.example/creators/ana/?utm_source=x">') == FOUND
    )
    missing = Verdict(found=False, finding="link_missing")
    assert verdict('<a href="https://altavoz.example/es/creators/ana/">x</a>') == missing
    assert verdict('<a rel="me ugc" href="https://altavoz.example/es/creators/ana/">x</a>') == missing
    assert verdict('<a rel="me" href="https://altavoz.example/es/creators/eva/">x</a>') == missing
    assert (
        proving.rel_me(
            page('<a rel="me" href="https://altavoz.example/es/">x</a>'), "https://altavoz.example/en/"
        )
        == missing
    )
    assert proving.rel_me(None, BACK) == UNREACHABLE


def test_a_code_counts_where_only_the_owner_writes() -> None:
    feed = parsing.Feed(format=parsing.Format.RSS, summary=f"Yo soy {CODE}.")
    assert proving.token(feed, None, CODE) == FOUND
    assert proving.token(None, page(f'<meta name="altavoz-verification" content="{CODE}">'), CODE) == FOUND
    assert proving.token(None, page(f'<meta name="description" content="x {CODE}">'), CODE) == FOUND
    assert proving.token(None, page(f"<p>comment: {CODE}</p>"), CODE) == MISSING
    assert proving.token(feed, None, CODE[:-1]) == MISSING
    assert proving.token(None, None, CODE) == UNREACHABLE


def test_a_podcast_tells_the_code_in_its_own_element() -> None:
    told = parsing.Feed(format=parsing.Format.RSS, verifications=(CODE,))
    assert proving.podcast_txt(told, CODE) == FOUND
    assert proving.podcast_txt(told, "altavoz-x") == Verdict(found=False, finding="text_missing")
    assert proving.podcast_txt(None, CODE) == UNREACHABLE


def test_a_record_must_be_the_whole_code() -> None:
    assert proving.dns_txt([f"altavoz-verification={CODE}"], CODE) == FOUND
    assert proving.dns_txt([CODE, "v=spf1"], CODE) == Verdict(found=False, finding="record_missing")
    assert proving.dns_txt(None, CODE) == Verdict(found=False, finding="name_unknown")
    assert proving.dns_names("https://www.b.example/x") == ("_altavoz.b.example", "b.example")
    assert proving.dns_names("http://localhost/") == ()


def start(source: Source, ana: Account, at: datetime, method: ProofMethod = ProofMethod.TOKEN) -> Proof:
    return actions.start_proof(source=source, account=ana, method=method, at=at, back_link=BACK)


def test_asking_twice_gives_the_same_code(source: Source, ana: Account, at: datetime) -> None:
    one = start(source, ana, at)
    later = at + timedelta(days=3)
    again = start(source, ana, later)
    assert (again.pk, again.token, again.asked_at, again.next_check_at) == (one.pk, one.token, later, later)
    assert one.token == actions.proofs.token_of(source, ana)
    assert one.token.startswith("altavoz-")
    assert actions.due_proofs(at=later) == [one.pk]


def test_a_proof_is_told_kept_lost_after_three_failures_and_found_again(
    source: Source, ana: Account, at: datetime
) -> None:
    proof = start(source, ana, at)
    proof = actions.record_check(proof=proof, verdict=MISSING, at=at)
    assert (proof.state, proof.finding, proof.next_check_at) == (
        "waiting",
        "code_missing",
        at + timedelta(hours=1),
    )
    proof = actions.record_check(proof=proof, verdict=FOUND, at=at)
    assert (proof.state, proof.proved_at, proof.failures, proof.next_check_at) == (
        "proved",
        at,
        0,
        at + timedelta(days=7),
    )
    assert queries.has_proof(ana.pk, OWNER)
    assert start(source, ana, at).next_check_at == at + timedelta(days=7)
    states = []
    for day in range(1, 4):
        proof = actions.record_check(proof=proof, verdict=UNREACHABLE, at=at + timedelta(days=day))
        states.append((proof.state, proof.next_check_at))
    assert states == [("proved", at + timedelta(days=2)), ("proved", at + timedelta(days=3)), ("lost", None)]
    actions.record_check(proof=proof, verdict=FOUND, at=at)
    told = [(event.name, event.body) for event in Event.objects.order_by("pk")]
    who = {
        "subject": source.subject,
        "source_id": source.pk,
        "owner": OWNER,
        "account_id": ana.pk,
        "method": "token",
    }
    assert told == [
        ("ingest.source_proved", who),
        ("ingest.source_proof_lost", who | {"others": False}),
        ("ingest.source_proved", who),
    ]


def test_a_proof_that_never_comes_is_not_looked_for_for_ever(
    source: Source, ana: Account, at: datetime
) -> None:
    proof = start(source, ana, at)
    assert actions.record_check(proof=proof, verdict=MISSING, at=at + timedelta(days=8)).next_check_at is None


def test_a_proof_taken_back_stays_so(source: Source, ana: Account, at: datetime) -> None:
    waiting = start(source, ana, at, ProofMethod.DNS_TXT)
    proved = actions.record_check(proof=start(source, ana, at), verdict=FOUND, at=at)
    other = actions.record_check(proof=start(source, ana, at, ProofMethod.REL_ME), verdict=FOUND, at=at)
    actions.withdraw_proof(proof=waiting, at=at)
    actions.withdraw_proof(proof=proved, at=at)
    assert actions.record_check(proof=proved, verdict=FOUND, at=at).state == ProofState.WITHDRAWN
    assert list(queries.proofs_of(ana.pk, OWNER)) == list(queries.proofs_of(ana.pk)) == [other]
    assert Event.objects.get(name="ingest.source_proof_lost").body["others"] is True
    assert start(source, ana, at).pk != proved.pk


def test_each_method_looks_where_its_owner_writes(site: HTTPServer, ana: Account, at: datetime) -> None:
    source = Source.objects.create(
        owner=OWNER,
        kind="podcast",
        address=site.url_for("/page"),
        feed_url=site.url_for("/feed"),
        added_at=at,
    )
    code = actions.proofs.token_of(source, ana)
    html = f'<a rel="me" href="{BACK}">x</a><meta name="altavoz-verification" content="{code}">'
    site.expect_request("/page").respond_with_data(html, content_type="text/html")
    podcast = 'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
    feed = f'<rss {podcast}><channel><title>t</title><podcast:txt purpose="verify">{code}</podcast:txt></channel></rss>'
    site.expect_request("/feed").respond_with_data(feed, content_type="text/xml")
    proofs = [start(source, ana, at, method) for method in ProofMethod]
    checked = [visiting.check_proof(proof, at=at, resolver=Records()).finding for proof in proofs]
    assert dict(zip(ProofMethod, checked, strict=True)) == {
        ProofMethod.REL_ME: "found",
        ProofMethod.TOKEN: "found",
        ProofMethod.DNS_TXT: "name_unknown",
        ProofMethod.PODCAST_TXT: "found",
    }
    Source.objects.update(address="https://b.example/")
    source.refresh_from_db()
    dns_proof = Proof.objects.select_related("source").get(method="dns_txt")
    names = Records(b_example=[f"altavoz-verification={code}"])
    assert visiting.check_proof(dns_proof, at=at, resolver=names).finding == "found"


def test_pages_and_feeds_that_cannot_be_read_prove_nothing(
    site: HTTPServer, ana: Account, at: datetime
) -> None:
    site.expect_request("/feed").respond_with_data("<html>", content_type="text/html")
    source = Source.objects.create(
        owner=OWNER, kind="feed", address=site.url_for("/page"), feed_url=site.url_for("/feed"), added_at=at
    )
    one = Source.objects.create(
        owner=OWNER, kind="page", address="x", feed_url=site.url_for("/page"), added_at=at
    )
    proofs = [start(source, ana, at), start(one, ana, at), start(source, ana, at, ProofMethod.PODCAST_TXT)]
    assert [visiting.check_proof(proof, at=at, resolver=Records()).finding for proof in proofs] == [
        "unreachable"
    ] * 3


def test_due_proofs_are_checked_by_jobs(
    site: HTTPServer, ana: Account, at: datetime, work: Callable[[], int]
) -> None:
    source = Source.objects.create(
        owner=OWNER, kind="page", address=site.url_for("/x"), feed_url=site.url_for("/x"), added_at=at
    )
    proof = start(source, ana, at)
    tasks.look_after_proofs(int(at.timestamp()) + 1)
    tasks.look_after_proofs(int(at.timestamp()) + 1)
    assert work() == 1
    proof.refresh_from_db()
    assert proof.finding == "unreachable"
    tasks.check_proof.func(proof_id=0)


@pytest.fixture
def nameserver() -> Iterator[int]:
    """Answer one kind of question on this machine, as a name server does."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    server.settimeout(0.1)
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                wire, peer = server.recvfrom(4096)
            except TimeoutError:
                continue
            query = dns.message.from_wire(wire)
            answer = dns.message.make_response(query)
            name = str(query.question[0].name)
            if name == "b.example.":
                answer.answer.append(
                    dns.rrset.from_text(name, 60, "IN", "TXT", '"altavoz-verification=" "abc"')
                )
            elif name == "gone.example.":
                answer.set_rcode(dns.rcode.NXDOMAIN)
            server.sendto(answer.to_wire(), peer)

    thread = threading.Thread(target=serve)
    thread.start()
    yield server.getsockname()[1]
    done.set()
    thread.join()
    server.close()


def test_the_resolver_joins_texts_and_tells_unknown_names_from_silence(nameserver: int) -> None:
    resolver = visiting.DnsResolver(nameservers=["127.0.0.1"], port=nameserver, timeout_s=2)
    names = ("b.example", "gone.example", "empty.example")
    assert [resolver.texts(name) for name in names] == [["altavoz-verification=abc"], None, ()]


def test_instructions_say_what_to_do() -> None:
    told = {
        method: words.instructions(method, token=CODE, back_link=BACK, host="b.example")
        for method in ProofMethod
    }
    assert told[ProofMethod.REL_ME] == f'Put a link with rel="me" to {BACK} on your page.'
    assert told[ProofMethod.DNS_TXT] == (
        f"Add a TXT record with the value altavoz-verification={CODE} to b.example or to _altavoz.b.example."
    )
    assert all(CODE in told[method] for method in (ProofMethod.TOKEN, ProofMethod.PODCAST_TXT))


def test_proofs_are_in_the_export_and_go_with_the_account(source: Source, ana: Account, at: datetime) -> None:
    actions.record_check(proof=start(source, ana, at), verdict=FOUND, at=at)
    ours = records.rooms()["ingest.proofs"]
    assert ours.export(ana.pk) == [
        {
            "source": "https://b.example/",
            "method": "token",
            "state": "proved",
            "asked_at": at.isoformat(),
            "proved_at": at.isoformat(),
        }
    ]
    ours.erase(ana.pk, at)
    ours.erase(ana.pk, at)
    assert not Proof.objects.exists()
    assert Event.objects.filter(name="ingest.source_proof_lost").count() == 1


def test_who_proved_or_is_about_to(source: Source, ana: Account, at: datetime) -> None:
    proof = start(source, ana, at)
    assert queries.claimants(OWNER) == {ana.pk}
    actions.withdraw_proof(proof=proof, at=at)
    assert queries.claimants(OWNER) == frozenset()
