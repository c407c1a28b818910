"""Tests of the API of the analysis floor."""
