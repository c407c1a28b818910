"""Tests of the ruby lines, their scales and errors."""
