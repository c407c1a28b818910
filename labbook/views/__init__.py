"""Pages of the ground floor: find, ask, answer."""
