"""Commands of the analysis floor."""
