"""Tables and figures for papers: rounding, sheets, and what they are exported as."""
