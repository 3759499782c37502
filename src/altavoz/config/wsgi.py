"""The WSGI application that granian serves."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from altavoz.config import processes  # noqa: E402 - once the applications are loaded
from altavoz.insights.recording import Recorder  # noqa: E402 - as above
from altavoz.web import purging  # noqa: E402 - as above

processes.end_with_parent()  # a server that was killed leaves no process that keeps its port
purging.start_listening()  # pages that this process keeps are forgotten when another one changes something
Recorder().start()  # what this process counts is stored every few seconds
