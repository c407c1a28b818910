"""Physics of the analyses: numbers in, numbers out; no framework, no files, no clock."""
