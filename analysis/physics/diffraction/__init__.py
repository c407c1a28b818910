"""Diffraction: wavelengths, line shapes, structures, powder patterns, phases, cells and their compression."""
