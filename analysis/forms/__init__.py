"""Forms of the analysis floor."""
