"""The WSGI application that granian serves."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from altavoz.insights.recording import Recorder  # noqa: E402 - once the applications are loaded
from altavoz.web import purging  # noqa: E402 - as above

purging.start_listening()  # pages that this process keeps are forgotten when another one changes something
Recorder().start()  # what this process counts is stored every few seconds
