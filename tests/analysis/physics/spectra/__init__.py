"""Tests of spectra: axes, bins, counting and likeness."""
