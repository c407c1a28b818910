"""The REST interface of the measurements floor."""
