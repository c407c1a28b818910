"""Reading: querysets that know who asks."""
