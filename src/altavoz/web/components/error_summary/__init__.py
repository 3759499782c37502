"""What went wrong in a form, at its head, with a link to each answer; takes the focus."""
