"""What all helpers are forked from: imported once, in a process that does nothing else.

Only `multiprocessing` imports this. Whatever is loaded here is in memory once, however many helpers there are.
"""

import gc
import signal

import django

# Ctrl-C and SIGTERM reach every process of a terminal or a service. Who started us decides what becomes of the work.
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)

django.setup()

from altavoz.core import languages  # noqa: E402  it may ask the settings

languages.detect("para que el modelo esté en memoria")
gc.collect()
gc.freeze()
# Work in batches makes much that lives for a moment; looking through it as often as usual took a twentieth of the time.
gc.set_threshold(50_000, 20, 100)
