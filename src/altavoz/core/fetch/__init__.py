"""The guarded HTTP client: the only way Altavoz asks anything of an address somebody else gave us."""

from altavoz.core.fetch.addresses import AddressPolicy, Allowance, is_public, parse_allowance
from altavoz.core.fetch.client import Client
from altavoz.core.fetch.many import fetch, fetch_many, host_of
from altavoz.core.fetch.messages import Failure, Reason, Redirect, Request, Response
from altavoz.core.fetch.resolving import Resolver
from altavoz.core.fetch.words import in_words

__all__ = [
    "AddressPolicy",
    "Allowance",
    "Client",
    "Failure",
    "Reason",
    "Redirect",
    "Request",
    "Resolver",
    "Response",
    "fetch",
    "fetch_many",
    "host_of",
    "in_words",
    "is_public",
    "parse_allowance",
]
