"""The commands of the instruments' floor; the file name is the command."""
