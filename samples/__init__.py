"""Samples, the processes that make and use them, and the syntheses they belong to."""
