"""Reading the records of analyses: what a person may see, ready for a page."""
