"""Tests of the laws along pressure."""
