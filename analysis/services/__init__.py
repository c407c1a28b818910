"""Writing the records of analyses: what a person or a worker did."""
