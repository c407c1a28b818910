"""The demonstration lab: a small set of our own tables that re-enacts the source, loaded like any lab's."""
