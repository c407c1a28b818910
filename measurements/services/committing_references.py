"""References within a commit: the empty sphere of a set is named by its direct and indirect measurements."""

from collections.abc import Sequence

from measurements.models import InboxRow, Measurement, ReferenceUse
from measurements.techniques import Technique

EMPTY = "empty"


def link_empty_spheres(pairs: Sequence[tuple[InboxRow, Measurement]]) -> None:
    """Name the empty sphere of each set as the reference of its other parts."""
    sets: dict[tuple[object, ...], list[Measurement]] = {}
    for row, measurement in pairs:
        if measurement.technique == Technique.PLQY and measurement.sample_id:
            key = (measurement.sample_id, row.age_days, row.temperature_k, row.pressure_gpa, row.spot, row.replicate)
            sets.setdefault(key, []).append(measurement)
    ReferenceUse.objects.bulk_create(
        ReferenceUse(measurement=one, reference=empty, part=ReferenceUse.Part.EMPTY_SPHERE)
        for members in sets.values()
        for empty in members
        if empty.part == EMPTY
        for one in members
        if one.part not in {EMPTY, ""}
    )
