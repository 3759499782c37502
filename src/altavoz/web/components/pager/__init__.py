"""On to the next page of a list that is read by key, not by number."""
