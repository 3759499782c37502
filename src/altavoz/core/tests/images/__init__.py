"""Tests of the pictures, with pictures made on the spot."""
