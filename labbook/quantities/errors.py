"""What can be wrong with a typed quantity or moment; every message is short and says what to type instead."""

LONGEST_ECHO = 40


class QuantityError(ValueError):
    """The text is not the quantity that was asked for."""


class UnknownUnit(QuantityError):
    """The unit is not known; `suggestions` are units that look like it."""

    def __init__(self, spelling: str, suggestions: tuple[str, ...], usual: tuple[str, ...]) -> None:
        self.spelling = spelling
        self.suggestions = suggestions
        question = f"Did you mean {one_of(suggestions)}?" if suggestions else f"Type {one_of(usual)}."
        super().__init__(f"“{echo(spelling)}” is not a unit this notebook knows. {question}")


class WrongDimension(QuantityError):
    """The unit is known, but it measures something else."""


class MomentError(QuantityError):
    """The text is not one moment in the past."""


def echo(text: str) -> str:
    """Return the text as far as a message may repeat it: one line of at most 40 characters."""
    line = " ".join(text[: 4 * LONGEST_ECHO].split())
    return line if len(line) <= LONGEST_ECHO else line[: LONGEST_ECHO - 1] + "…"


def one_of(words: tuple[str, ...]) -> str:
    """Join words as a sentence offers a choice: "nm, min or mm"."""
    *first, last = words or ("a number",)
    return f"{', '.join(first)} or {last}" if first else last
