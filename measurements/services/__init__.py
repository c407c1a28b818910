"""What people do on the measurements floor."""
