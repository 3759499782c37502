"""Where a thing stands, in a word and a sign, never by colour alone."""
