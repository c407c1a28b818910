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


def scale_percent(work: Work) -> float | None:
    """Return the error of a microscope's scale in percent, as stated or from that of its pixels; None for neither."""
    stated, stderr_nm = number_or_none(work, "scale_stderr_percent"), number_or_none(work, "nm_per_px_stderr")
    pixel_nm = number_or_none(work, "nm_per_px")
    if stated is not None or stderr_nm is None or pixel_nm is None:
        return stated
    return 100 * stderr_nm / pixel_nm
