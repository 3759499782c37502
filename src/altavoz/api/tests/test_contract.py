"""The API keeps what its own description promises, whatever is asked (schemathesis)."""

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.conf import LazySettings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase
from schemathesis.generation import GenerationMode

from altavoz.api.document import document
from altavoz.api.routes import api
from altavoz.api.tests.conftest import Publish

_EXAMPLES = 40
_SETTINGS = hypothesis.settings(
    max_examples=_EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def described(publish: Publish, settings: LazySettings) -> Iterator[Any]:
    settings.ALTAVOZ_API_LIMIT = 1_000_000
    settings.ALLOWED_HOSTS = ["*"]
    settings.PUBLIC_URL = "http://localhost"
    document.cache_clear()
    for number in range(3):
        publish(number)
    # Between requests a real server gives its connection back; here it belongs to the test.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("path", sorted(api.get_openapi_schema(path_prefix="/api/v1")["paths"]))
def test_every_answer_is_as_described(described: Any, path: str, mode: GenerationMode) -> None:  # noqa: ANN401 - the package's own types
    @_SETTINGS
    @hypothesis.given(case=described[path]["GET"].as_strategy(generation_mode=mode))
    def check(case: Any) -> None:  # noqa: ANN401 - as above
        case.call_and_validate(headers={"Accept-Encoding": "identity"})  # its test client does not unpack

    check()
