"""Pages of the analysis floor: they find, ask and answer."""
