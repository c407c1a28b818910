"""Broken files through every reader: `make fuzz`."""
