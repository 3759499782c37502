"""The design system: one folder per component, with its template, stylesheet, tag and gallery entry."""
