"""Which icon and color a word of state has, and which mark a place has."""

from decimal import Decimal

# Word → icon, color. A word that is not listed gets a plain dot.
STATES = {
    "finished": ("done", "ok"),
    "done": ("done", "ok"),
    "fresh": ("done", "ok"),
    "accepted": ("done", "ok"),
    "verified": ("done", "ok"),
    "saved": ("tick", "ok"),
    "active": ("done", "ok"),
    "in use": ("done", "ok"),
    "valid": ("done", "ok"),
    "running": ("play", "here"),
    "draft": ("pencil", ""),
    "planned": ("clock", ""),
    "ahead": ("clock", ""),
    "queued": ("clock", ""),
    "due": ("clock", "due"),
    "late": ("warning", "due"),
    "aborted": ("stop", "due"),
    "cancelled": ("stop", ""),
    "notable": ("warning", "due"),
    "gap": ("question", "due"),
    "expired": ("failed", "bad"),
    "failed": ("failed", "bad"),
    "used up": ("minus", ""),
    "empty": ("minus", ""),
    "dispensed": ("vial", ""),
    "discarded": ("minus", ""),
    "retired": ("minus", ""),
    "superseded": ("minus", ""),
    "skipped": ("minus", ""),
    "cannot tell": ("question", ""),
    "not recorded": ("question", ""),
    "restricted": ("lock", ""),
    "read": ("done", "ok"),
    "unread": ("question", "due"),
    "no file": ("question", ""),
    "void": ("minus", ""),
    "counts": ("done", "ok"),
    "flagged": ("warning", "due"),
    "to review": ("warning", "due"),
    "stale": ("clock", "due"),
    "rejected": ("failed", "bad"),
    "refused": ("question", "due"),
}


def place_class(kind: str, temperature_c: Decimal | float | None) -> str:
    """Return "fridge", "freezer", "bench" or "unknown"; a known temperature in °C decides before the kind."""
    if temperature_c is None:
        return {"fridge": "fridge", "freezer": "freezer", "bench": "bench", "room": "bench"}.get(kind, "unknown")
    if temperature_c <= 0:
        return "freezer"
    return "fridge" if temperature_c <= 12 else "bench"
