"""Tests of absorbance."""
