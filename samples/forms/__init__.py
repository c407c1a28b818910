"""Forms of the samples floor, shared by pages and the API."""
