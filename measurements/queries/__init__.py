"""What is read on the measurements floor."""
