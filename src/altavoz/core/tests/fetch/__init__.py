"""Tests of the guarded HTTP client, against real servers on the loopback."""
