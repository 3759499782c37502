"""One question of a form: label, hint, error, control, tied together for those who listen."""
