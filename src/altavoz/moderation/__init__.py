"""Volunteers verify each revision against a pinned policy: cases, leases, blind votes, reasons."""
