"""Nothing here yet, said kindly, with the next step."""
