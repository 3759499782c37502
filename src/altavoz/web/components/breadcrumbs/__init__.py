"""Where this page stands."""
