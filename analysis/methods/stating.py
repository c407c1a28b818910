"""What a person stated, as the numbers and words that a method computes with."""

from analysis.methods.contract import Work


def number_or_none(work: Work, name: str) -> float | None:
    """Return a setting that is a number, None where nobody stated it."""
    value = work.settings.get(name)
    return None if value is None or value == "" else float(value)


def number(work: Work, name: str) -> float:
    """Return a setting that has a default or was needed; raises KeyError for one without a value."""
    value = number_or_none(work, name)
    if value is None:
        raise KeyError(name)
    return value


def word(work: Work, name: str) -> str:
    """Return a setting that is a word, empty where nobody stated it."""
    value = work.settings.get(name)
    return "" if value is None else str(value)
