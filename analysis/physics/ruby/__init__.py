"""Pressure from the red lines of ruby: scales, temperature, the doublet, and where the error comes from."""
