"""Pages of the samples floor: find, ask, answer."""
