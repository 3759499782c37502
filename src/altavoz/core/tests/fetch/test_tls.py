"""Secure connections: the certificate is checked against the name, which is kept for the handshake."""

import asyncio
import datetime as dt
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from altavoz.core.fetch import AddressPolicy
from altavoz.core.tests.fetch.servers import Names, allowing, ask, body_of, failed, run, says, serving

NAME = "secure.test"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a file with a key and a certificate that it signed itself for secure.test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(secret + signed.public_bytes(serialization.Encoding.PEM))
    return path


def _serving_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.mark.parametrize(
    ("host", "trusted", "result"),
    [(NAME, True, "hello"), (NAME, False, "tls"), ("other.test", True, "tls"), ("127.0.0.1", True, "tls")],
)
def test_only_a_certificate_for_the_name_will_do(
    host: str, result: str, certificate: Path, *, trusted: bool
) -> None:
    async def scene() -> tuple[str, list[str]]:
        async with serving(says(b"hello"), tls=_serving_side(certificate)) as server:
            names = Names(secure_test=[["127.0.0.1"]], other_test=[["127.0.0.1"]])
            tls = ssl.create_default_context(cafile=str(certificate)) if trusted else None
            outcome = await ask(server.url(host=host), allowing(server), names, tls=tls)
            told = body_of(outcome).decode() if trusted and result == "hello" else failed(outcome)
            return told, server.names

    assert run(scene()) == (result, [host] if host != "127.0.0.1" else [None])


def test_plain_http_on_a_secure_port_is_a_tls_failure() -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        await writer.drain()
        writer.close()

    async def scene() -> str:
        server = await asyncio.start_server(talk, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            policy = AddressPolicy.of([f"127.0.0.1/32:{port}"])
            return failed(await ask(f"https://127.0.0.1:{port}/", policy))

    assert run(scene()) == "tls"
