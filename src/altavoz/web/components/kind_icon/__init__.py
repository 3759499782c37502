"""What sort of work it is, drawn and said."""
