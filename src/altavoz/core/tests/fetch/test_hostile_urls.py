"""A hundred and more addresses that lead where nobody may be led; none of them opens a connection."""

import socket

import pytest

from altavoz.core.fetch import AddressPolicy
from altavoz.core.tests.fetch.servers import Names, ask, failed, run

LONG = "a" * 64

HOSTILE = {
    "refused_address": """
        http://127.0.0.1/ http://127.0.0.1:80/ http://127.0.0.1:443/ https://127.0.0.1/ http://127.1.2.3/
        http://127.255.255.255/ http://0.0.0.0/ http://0.1.2.3/ http://10.0.0.1/ http://10.255.255.255/
        http://100.64.0.1/ http://100.100.100.200/latest/meta-data/ http://100.127.255.255/
        http://169.254.169.254/latest/meta-data/ http://169.254.170.2/v2/credentials http://169.254.0.1/
        http://168.63.129.16/metadata http://172.16.0.1/ http://172.31.255.255/ http://192.168.0.1/
        http://192.168.255.255/ http://192.0.0.192/opc/v1 http://192.0.0.8/ http://192.0.2.1/
        http://192.88.99.1/ http://198.18.0.1/ http://198.19.255.255/ http://198.51.100.7/
        http://203.0.113.9/ http://224.0.0.1/ http://239.255.255.250/ http://240.0.0.1/ http://255.255.255.255/
        http://127.1/ http://127.0.1/ http://2130706433/ http://0x7f000001/ http://0x7f.0.0.1/ http://0177.0.0.1/
        http://017700000001/ http://0x7f.1/ http://127.0.0.01/ http://0/ http://0x0/ http://00000/
        http://3232235521/ http://0xc0a80001/ http://0xA9FEA9FE/ http://2852039166/ http://025177524776/
        http://0251.0376.0251.0376/ http://0xa9.0xfe.0xa9.0xfe/ http://169.254.43518/ http://1.1/ http://8.8.2056/
        http://127.0.0.1./ http://2130706433./ http://127。0。0。1/ http://127．0．0．1/ http://①②⑦.⓪.⓪.①/
        http://１２７.0.0.1/ http://0ｘ7f000001/ HTTP://127.0.0.1/ hTTpS://127.0.0.1
        http://[::1]/ http://[::]/ http://[0:0:0:0:0:0:0:1]/ http://[::127.0.0.1]/ http://[::ffff:127.0.0.1]/
        http://[::ffff:7f00:1]/ http://[0:0:0:0:0:ffff:127.0.0.1]/ http://[::ffff:169.254.169.254]/
        http://[::ffff:0:127.0.0.1]/ http://[64:ff9b::127.0.0.1]/ http://[64:ff9b::a9fe:a9fe]/
        http://[64:ff9b:1::10.0.0.1]/ http://[2002:7f00:1::]/ http://[2002:a9fe:a9fe::1]/ http://[2002:c0a8:1::1]/
        http://[2001:0:7f00:1::]/ http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/ http://[2001:10::1]/
        http://[2001:db8::1]/ http://[3fff::1]/ http://[5f00::1]/ http://[100::1]/ http://[fc00::1]/
        http://[fd00:ec2::254]/latest/meta-data http://[fdff::1]/ http://[fe80::1]/ http://[febf::1]/
        http://[fec0::1]/ http://[ff02::1]/ http://[ff0e::1]/ http://[4000::1]/
        http://localhost/ http://LOCALHOST/ http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/ http://localhost./ http://loop.test/ http://metadata.test/
        http://router.test/ http://six.test/ http://mapped.test/ http://nat64.test/ http://mixed.test/
        http://mixed.six.test/ http://zone.test/ http://nonsense.test/
    """,
    "refused_port": """
        http://93.184.215.14:22/ http://93.184.215.14:25/ http://93.184.215.14:6379/ http://93.184.215.14:8080/
        http://127.0.0.1:5432/ http://[::1]:9200/ https://93.184.215.14:8443/ http://localhost:11211/
    """,
    "bad_url": """
        file:///etc/passwd ftp://93.184.215.14/ gopher://127.0.0.1:6379/_INFO dict://127.0.0.1/ ldap://127.0.0.1/
        javascript:alert(1) data:text/plain,x jar:http://127.0.0.1!/ ws://127.0.0.1/ unix:///run/docker.sock
        http+unix://%2Frun%2Fdocker.sock/ //127.0.0.1/ /etc/passwd 127.0.0.1 example.org http: http:// http:///
        http:127.0.0.1 http:/127.0.0.1 http:\\\\127.0.0.1\\ http:///127.0.0.1/ http://?x http://#x http://:80/
        http://user@93.184.215.14/ http://user:pass@93.184.215.14/ http://@127.0.0.1/ http://:@127.0.0.1/
        http://93.184.215.14@127.0.0.1/ http://93.184.215.14\\@127.0.0.1/ http://127.0.0.1\\@93.184.215.14/
        http://93.184.215.14%40127.0.0.1/ http://%31%32%37.0.0.1/ http://127.0.0.1%00.example.org/
        http://127.0.0.1%2f@example.org/ http://93.184.215.14:80:80/
        http://93.184.215.14:0/ http://93.184.215.14:65536/ http://93.184.215.14:99999/ http://93.184.215.14:-80/
        http://93.184.215.14:8o/ http://93.184.215.14:８０/ http://93.184.215.14:000000080/ http://256.1.1.1/
        http://1.2.3.4.5/ http://127.0.0.1.0x/ http://0x7f.0.0.0x1ff/ http://[::1/ http://::1/ http://[::1]x/ http://[]/
        http://[127.0.0.1]/ http://[::1%25lo]/ http://[fe80::1%eth0]/ http://[::g]/ http://[[::1]]/ http://[v1.x]/
        http://a..b/ http://.a/ http://a../ http://exa$mple.org/ http://exa*mple.org/
        http://\u0661\u0662\u0667.0.0.1\u200f/ http://a\ud800b/
    """,
    "dns": "http://nowhere.test/ http://empty.test/",
}
AWKWARD = [
    ("http://127.0.0.1 .example.org/", "bad_url"),
    ("http://exam\tple.org/", "bad_url"),
    ("http://example.org/\r\nHost: 127.0.0.1", "bad_url"),
    ("http://example.org\n@127.0.0.1/", "bad_url"),
    ("http://example.org/\x00", "bad_url"),
    ("", "bad_url"),
    ("http://" + LONG + ".org/", "bad_url"),
    ("http://" + ".".join(["a" * 60] * 5) + "/", "bad_url"),
    ("http://example.org/" + "a" * 8000, "bad_url"),
]
TABLE = [(url, reason) for reason, lines in HOSTILE.items() for url in lines.split()] + AWKWARD

NAMES: dict[str, list[list[str]]] = {
    "localhost": [["127.0.0.1"]],
    "loop_test": [["127.0.0.1"]],
    "metadata_test": [["169.254.169.254"]],
    "router_test": [["192.168.1.1"]],
    "six_test": [["::1"]],
    "mapped_test": [["::ffff:10.0.0.1"]],
    "nat64_test": [["64:ff9b::a00:1"]],
    "mixed_test": [["93.184.215.14", "10.0.0.1"]],
    "mixed_six_test": [["2606:2800:220:1::1", "93.184.215.14", "fd00::1"]],
    "zone_test": [["fe80::1%eth0"]],
    "nonsense_test": [["not-an-address"]],
    "empty_test": [[]],
}


def test_the_table_is_long_enough() -> None:
    assert len({url for url, _ in TABLE}) >= 150


@pytest.fixture(autouse=True)
def _no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were a connection tried, the test would fail loudly instead of reaching out."""

    def connect(_socket: socket.socket, address: object) -> None:
        raise AssertionError(f"connected to {address}")

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.mark.parametrize(("url", "reason"), TABLE, ids=[ascii(url)[:70] for url, _ in TABLE])
def test_hostile_address_is_refused(url: str, reason: str) -> None:
    assert failed(run(ask(url, AddressPolicy(), Names(**NAMES)))) == reason
