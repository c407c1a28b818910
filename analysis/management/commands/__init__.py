"""The commands of the analysis floor; the file name is the command."""
