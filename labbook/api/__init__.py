"""The machinery of the REST interface, and its resources of the ground floor."""
