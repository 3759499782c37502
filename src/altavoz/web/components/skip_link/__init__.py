"""A way past the head of the page for those who use the keyboard."""
