"""Panels of fits, their numbers and their pictures."""
