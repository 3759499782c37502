"""Sessions in the database that know whose they are."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from altavoz.people.models import Session


class SessionStore(DatabaseStore):
    """Django's store, with the account written beside the data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return our own row."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row to save, bound to the account that is signed in."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment] # the store makes what get_model_class says
        account_id = data.get(SESSION_KEY)
        row.account_id = int(account_id) if account_id else None
        return row
