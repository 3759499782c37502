"""Names that lie: rebinding, mixed answers, and the last door before a socket."""

import asyncio
import socket

import pytest

from altavoz.core.fetch import AddressPolicy, Client, Failure, Request, Response
from altavoz.core.fetch.resolving import CheckedResolver, GuardedSockets, RefusedAddress, SystemResolver
from altavoz.core.tests.fetch.servers import Names, Server, allowing, ask, body_of, failed, run, says, serving


def test_a_rebinding_name_is_looked_up_once_and_held_to_its_answer() -> None:
    """The first answer is permitted, every later one points at a server that must stay unasked."""

    async def scene() -> tuple[list[bytes], Server, Server, list[str]]:
        async with (
            serving(says(b"public")) as public,
            serving(says(b"private"), host="127.0.0.2", port=public.port) as private,
        ):
            names = Names(rebind_test=[["127.0.0.1"], ["127.0.0.2"]])
            async with Client(allowing(public), names) as client:
                requests = [Request(public.url(path, host="rebind.test")) for path in ("/1", "/2", "/3")]
                bodies = [body_of(await client.fetch(request)) for request in requests]
            return bodies, public, private, names.asked

    bodies, public, private, asked = run(scene())
    assert bodies == [b"public"] * 3
    assert (public.paths, private.connections, asked) == (["/1", "/2", "/3"], 0, ["rebind.test"])


def test_a_name_that_turns_private_is_refused_from_then_on() -> None:
    async def scene() -> tuple[bytes, str, int]:
        async with (
            serving(says(b"public")) as public,
            serving(says(), host="127.0.0.2", port=public.port) as private,
        ):
            names = Names(rebind_test=[["127.0.0.1"], ["127.0.0.2"]])
            url = public.url(host="rebind.test")
            first = await ask(url, allowing(public), names)
            second = await ask(url, allowing(public), names)
            return body_of(first), failed(second), private.connections

    assert run(scene()) == (b"public", "refused_address", 0)


def test_one_private_address_among_good_ones_refuses_the_name() -> None:
    async def scene() -> tuple[Response | Failure, int]:
        async with serving(says()) as server:
            names = Names(mixed_test=[["127.0.0.1", "127.0.0.2"]])
            return await ask(server.url(host="mixed.test"), allowing(server), names), server.connections

    outcome, connections = run(scene())
    assert (failed(outcome), connections) == ("refused_address", 0)


def test_the_next_address_is_tried_when_the_first_does_not_answer() -> None:
    async def scene() -> bytes:
        async with serving(says(b"second")) as server:
            names = Names(two_test=[["::1", "127.0.0.1"]])
            policy = AddressPolicy.of([f"127.0.0.1/32:{server.port}", f"::1/128:{server.port}"])
            return body_of(await ask(server.url(host="two.test"), policy, names))

    assert run(scene()) == b"second"


def test_the_resolver_gives_what_sockets_need() -> None:
    resolver = CheckedResolver(AddressPolicy(), Names(six_test=[["2606:4700::1111", "1.1.1.1"]]))
    found = run(resolver.resolve("six.test", 443))
    assert [(each["host"], each["port"], each["family"]) for each in found] == [
        ("2606:4700::1111", 443, socket.AF_INET6),
        ("1.1.1.1", 443, socket.AF_INET),
    ]


def test_no_socket_is_made_for_a_private_address() -> None:
    make = GuardedSockets(AddressPolicy())
    with pytest.raises(RefusedAddress, match=r"127\.0\.0\.1 port 80"):
        make((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", 80)))


def test_the_last_door_holds_even_when_all_others_are_passed_by() -> None:
    """A request put straight into the session, past our own reading of addresses."""

    async def scene() -> tuple[str, int]:
        async with serving(says()) as server, Client(AddressPolicy()) as client:
            with pytest.raises(OSError, match="Cannot connect") as refusal:
                await client._session.get(server.url())
            return type(refusal.value.os_error).__name__, server.connections  # type: ignore[attr-defined]

    assert run(scene()) == ("RefusedAddress", 0)


def test_the_system_is_asked_outside_the_loop() -> None:
    async def scene() -> bool:
        found, _ = await asyncio.gather(SystemResolver().addresses("localhost"), asyncio.sleep(0))
        return set(found) <= {"127.0.0.1", "::1"} and bool(found)

    assert run(scene()) is True
