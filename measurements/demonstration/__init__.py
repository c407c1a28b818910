"""Measurements of the demonstration lab: simulated files in the formats of real instruments, read in like any lab's."""
