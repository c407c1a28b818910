"""What the marks of a page need to know, free of templates: states, deviations, the ancestry strip, notes."""
