"""What can go wrong with the embedded server, said so that the reader knows what to do next."""

_SIGNS = (
    (
        ("No space left on device", "Disk quota exceeded"),
        "The disk that holds {place} is full. Free some space (200 MB are enough to start) and try again.",
    ),
    (
        ("Cannot allocate memory", "could not map anonymous shared memory"),
        "There is not enough memory to start the database. Close something and try again.",
    ),
    (
        ("Read-only file system",),
        "{place} cannot be written to. Set ALTAVOZ_VAR to a folder on a disk that can.",
    ),
)


class PostgresError(RuntimeError):
    """The embedded server cannot do what was asked; the message says what to do."""


def explained(what: str, output: str, place: object) -> PostgresError:
    """Return the error for a failed command: plain words where we know the cause, its last lines otherwise."""
    for signs, message in _SIGNS:
        if any(sign in output for sign in signs):
            return PostgresError(message.format(place=place))
    last = "\n".join(output.strip().splitlines()[-12:])
    return PostgresError(f"{what} failed. It said:\n{last}")
