"""The embedded PostgreSQL: started on first use, shared by every process of one `var`, stopped by the last one."""

from altavoz.core.postgres.errors import PostgresError
from altavoz.core.postgres.sharing import ensure, running

__all__ = ["PostgresError", "ensure", "running"]
