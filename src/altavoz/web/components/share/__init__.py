"""Handing the address of a page on, with no request to anybody before the click."""
