"""Tests of fits to scattering points."""
