"""When a tap really happened: the device's own time, unless its clock cannot be right."""

from datetime import UTC, datetime, timedelta

# A tap that was sent again and again while the network was away may be this old.
OLDEST_S = 6 * 3600
# A device whose clock is off by less is believed as it is.
TRUSTED_S = 120


def tap_moment(*, tapped_ms: float | None, sent_ms: float | None, now: datetime) -> tuple[datetime, float]:
    """Return the moment of a tap and by how many seconds the device's clock was corrected.

    Both times are the device's, in ms since 1970. A device that is ahead of the server, or far behind it, is
    corrected by the difference at sending; the time between two taps stays the device's own.
    """
    if tapped_ms is None or sent_ms is None or not 0 <= sent_ms - tapped_ms <= OLDEST_S * 1000:
        return now, 0.0
    sent = datetime.fromtimestamp(sent_ms / 1000, UTC)
    tapped = datetime.fromtimestamp(tapped_ms / 1000, UTC)
    behind_s = (now - sent).total_seconds()
    if 0 <= behind_s <= TRUSTED_S:
        return tapped, 0.0
    return min(tapped + timedelta(seconds=behind_s), now), behind_s
