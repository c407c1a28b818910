"""Methods: the only place where curves, physics and results meet."""
