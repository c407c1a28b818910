"""What the notebook costs, measured beside what it cannot do without: `make bench`."""
