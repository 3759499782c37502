"""Pages, the design system and what browsers and caches are told."""
