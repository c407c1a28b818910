"""What people do with samples, each a short atomic function."""
