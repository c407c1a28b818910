"""Tests of what writes the records of analyses."""
