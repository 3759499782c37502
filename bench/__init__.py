"""Figures: what Altavoz does in a second on this machine, beside a peer or a physical limit in the same run."""
