"""Commands of the samples floor."""
