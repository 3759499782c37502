"""What happens around every page: origin of changes, security headers, kept pages."""
