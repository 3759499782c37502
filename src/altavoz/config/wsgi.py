"""The WSGI application that granian serves."""

from django.core.wsgi import get_wsgi_application

from altavoz.web import purging

application = get_wsgi_application()
purging.start_listening()  # pages that this process keeps are forgotten when another one changes something
