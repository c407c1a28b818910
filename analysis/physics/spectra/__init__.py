"""Spectra of light: axes, bins, what was counted, and how two spectra compare."""
