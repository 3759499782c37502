"""A day or moment in the reader's format, exact for machines."""
