"""Accounts, profiles, teams, affiliations and consent."""
