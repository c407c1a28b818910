"""Emission lines: their shapes in energy, and fitting one to a spectrum."""
