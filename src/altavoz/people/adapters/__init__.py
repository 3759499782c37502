"""How the sign-in library makes accounts, writes mails and speaks here."""

from altavoz.people.adapters.account import AccountAdapter, shown_name
from altavoz.people.adapters.platform import PlatformAdapter
from altavoz.people.adapters.second_factor import SecondFactorAdapter

__all__ = ["AccountAdapter", "PlatformAdapter", "SecondFactorAdapter", "shown_name"]
