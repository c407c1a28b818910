"""The commands of the ground floor; the file name is the command."""
