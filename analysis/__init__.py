"""Physics, methods, fits, figures and tables; the top floor."""
