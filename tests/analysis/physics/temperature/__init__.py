"""Tests of the laws along temperature."""
