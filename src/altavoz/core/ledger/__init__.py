"""The audit ledger: append-only, hash-chained, and still verifiable after a person was forgotten."""
