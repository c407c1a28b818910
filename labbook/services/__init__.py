"""What people do on the ground floor, each a short atomic function."""
