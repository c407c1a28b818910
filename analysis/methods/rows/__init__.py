"""Rows of the table of methods, one file per field of work; they import nothing heavy."""
