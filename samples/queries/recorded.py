"""Reads, in one query, what other tables say about a sample and its search row repeats.

This runs for every sample of an import, and building it with the ORM would cost more than running it.
"""

from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

from samples.kinds import SampleKind
from samples.models import Sample

RECORDED = """
    SELECT 'synthesis', one.code, CAST(one.injection_temperature_c AS double precision),
           CAST(one.growth_s AS double precision), CAST(NULL AS timestamp with time zone)
    FROM samples_sample_syntheses link JOIN samples_synthesis one ON one.id = link.synthesis_id
    WHERE link.sample_id = %s
    UNION ALL
    SELECT 'size', origin, CAST(edge_length_nm AS double precision), CAST(sample_id AS double precision), NULL
    FROM samples_samplesize WHERE sample_id IN (%s, %s) AND is_in_force
    UNION ALL
    SELECT 'alias', alias.text, NULL, NULL, NULL
    FROM labbook_code code JOIN labbook_alias alias ON alias.code_id = code.id
    WHERE code.record_type = 'sample' AND code.record_id = %s
    UNION ALL
    SELECT 'stay', CAST(placed.place_id AS varchar(20)), NULL, NULL,
           (SELECT MAX(moved_at) FROM samples_move WHERE sample_id = placed.id)
    FROM samples_sample placed
    WHERE placed.id = %s AND placed.place_id IS NOT NULL AND placed.status <> 'discarded'
"""
# A fraction is where its vials in use are.
STAYS_OF_VIALS = """
    UNION ALL
    SELECT 'stay', CAST(vial.place_id AS varchar(20)), NULL, NULL,
           (SELECT MAX(moved_at) FROM samples_move WHERE sample_id = vial.id)
    FROM samples_sample vial
    WHERE vial.fraction_id = %s AND vial.kind = 'vial' AND vial.status = 'in use' AND vial.place_id IS NOT NULL
"""


class Recorded(NamedTuple):
    """One row of what other tables say about a sample; what the columns hold depends on the first."""

    what: str
    text: str
    first: float | None
    second: float | None
    since: datetime | None


def recorded_about(sample: Sample) -> list[Recorded]:
    """Return a sample's syntheses (°C, s), sizes in force (nm, whose), other names and stays (place, since)."""
    sql, params = RECORDED, [sample.pk, sample.pk, sample.fraction_id or 0, sample.pk, sample.pk]
    if sample.kind == SampleKind.FRACTION:
        sql, params = sql + STAYS_OF_VIALS, [*params, sample.pk]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return [Recorded(what, text, first, second, moment_of(since)) for what, text, first, second, since in rows]


def moment_of(stored: datetime | str | None) -> datetime | None:
    """Return a moment as the driver gives it: SQLite keeps text, in UTC and without saying so."""
    if isinstance(stored, str):
        return datetime.fromisoformat(stored).replace(tzinfo=UTC)
    return stored
