"""What to say about a value outside its usual range: said beside the field, never refused."""

from decimal import Decimal

from labbook.quantities.show import show, show_range


def usual_range_warning(value: Decimal, unit: str, low: Decimal | None, high: Decimal | None) -> str:
    """Return the sentence for a value outside the usual range in `unit`, or an empty text inside it."""
    if low is None or high is None or low <= value <= high:
        return ""
    side = "above" if value > high else "below"
    return f"{show(value, unit)} is {side} the usual {show_range(low, high, unit)}. Saved; add a reason if intended."


def is_likely_slip(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    """Say whether a value is ten times off its usual range, as a slipped decimal mark or unit makes it."""
    if low is None or high is None or low <= 0:
        return False
    return value >= 10 * high or 0 < value <= low / 10
