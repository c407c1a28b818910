"""What the commands of the Makefile run; nothing here is imported by the notebook."""
