"""The one way in which physics says that it cannot answer."""


class CannotAnalyse(ValueError):
    """What is wrong with the data or the question, as a sentence that says what to do about it."""
