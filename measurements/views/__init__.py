"""Pages of the measurements floor."""
