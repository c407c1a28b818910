"""Tests of matching names to samples, rungs and techniques."""
