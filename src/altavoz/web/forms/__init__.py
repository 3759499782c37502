"""What people fill in at the desks."""
