"""The address policy: what is public, and what allow-list entries mean."""

from ipaddress import ip_address, ip_network

import pytest

from altavoz.core.fetch import AddressPolicy, Allowance, is_public, parse_allowance
from altavoz.core.fetch.addresses import BadAllowance


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "93.184.215.14",
        "100.63.255.255",
        "172.32.0.1",
        "192.0.1.1",
        "223.255.255.255",
        "2606:4700::1111",
    ],
)
def test_public_addresses(address: str) -> None:
    assert is_public(ip_address(address)) is True


@pytest.mark.parametrize(
    "address", ["10.1.1.1", "0.0.0.1", "255.255.255.255", "::1", "2002::1", "64:ff9b::1"]
)
def test_private_addresses(address: str) -> None:
    assert is_public(ip_address(address)) is False


@pytest.mark.parametrize(
    ("entry", "network", "port"),
    [
        ("10.0.0.0/8", "10.0.0.0/8", None),
        (" 127.0.0.1/32:8001 ", "127.0.0.1/32", 8001),
        ("127.0.0.1", "127.0.0.1/32", None),
        ("::1/128", "::1/128", None),
        ("::1/128:8001", "::1/128", 8001),
    ],
)
def test_allowances(entry: str, network: str, port: int | None) -> None:
    assert parse_allowance(entry) == Allowance(ip_network(network), port)


@pytest.mark.parametrize(
    "entry",
    [
        "",
        "localhost",
        "10.0.0.1/8",
        "127.0.0.1:80",
        "127.0.0.1/32:",
        "127.0.0.1/32:x",
        "::1/128:0",
        "::1/128:65536",
    ],
)
def test_bad_allowances(entry: str) -> None:
    with pytest.raises(BadAllowance):
        parse_allowance(entry)


@pytest.mark.parametrize(
    ("address", "port", "permitted"),
    [
        ("127.0.0.1", 8001, True),
        ("127.0.0.1", 80, False),
        ("127.0.0.2", 8001, False),
        ("10.1.2.3", 80, True),
        ("10.1.2.3", 443, True),
        ("10.1.2.3", 8001, False),
        ("93.184.215.14", 443, True),
        ("93.184.215.14", 8001, False),
        ("::1", 80, False),
    ],
)
def test_an_allowance_opens_only_what_it_names(address: str, port: int, *, permitted: bool) -> None:
    policy = AddressPolicy.of(["127.0.0.1/32:8001", "10.0.0.0/8"])
    assert policy.permits(ip_address(address), port) is permitted


def test_ports_known_to_a_policy() -> None:
    policy = AddressPolicy.of(["127.0.0.1/32:8001"])
    assert [port for port in (22, 80, 443, 8001, 8002) if policy.knows_port(port)] == [80, 443, 8001]
