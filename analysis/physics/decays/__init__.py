"""Decays of photoluminescence after a pulse: one decay, its models and instrument response, and whole streak maps."""
