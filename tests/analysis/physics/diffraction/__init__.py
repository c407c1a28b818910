"""Tests of diffraction."""
