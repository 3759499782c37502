"""Subjects, events, the audit ledger, safe fetching, text and languages: what every room stands on."""
