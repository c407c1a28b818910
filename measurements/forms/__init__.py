"""Forms of the measurements floor."""
