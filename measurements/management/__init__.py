"""The commands of the instruments' floor."""
