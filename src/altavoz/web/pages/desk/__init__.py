"""The creator's desk: works and their state, channels and their health, proofs, profile."""
