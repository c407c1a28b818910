"""Tests of emission lines."""
