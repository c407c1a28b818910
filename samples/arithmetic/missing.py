"""What stops a calculation: a number that is not known, or one that cannot be."""


class MissingNumber(ValueError):
    """A number the calculation needs is unknown or impossible; the message says which and where it belongs."""
