"""A short melody, so that an episode of the demonstration can be heard."""

import io
import math
import struct
import wave
from functools import cache

_RATE = 8_000
#: Notes (Hz) and their lengths (s).
_NOTES = ((392.0, 0.3), (440.0, 0.3), (523.3, 0.3), (659.3, 0.6), (523.3, 0.3), (440.0, 0.3), (392.0, 0.9))


@cache
def melody() -> bytes:
    """Return a WAV file of a few seconds."""
    samples = [
        int(9_000 * math.sin(2 * math.pi * tone * moment / _RATE) * (1 - moment / (length * _RATE)))
        for tone, length in _NOTES
        for moment in range(int(length * _RATE))
    ]
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(_RATE)
        written.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()
