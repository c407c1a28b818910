"""Laws along pressure: a peak that turns round, and lifetimes."""
