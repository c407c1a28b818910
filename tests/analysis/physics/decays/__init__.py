"""Tests of decays."""
