"""What the page of one measurement shows, as one person may see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q, prefetch_related_objects

from labbook.models import User
from measurements.models import (
    Curve,
    FileDerivation,
    FileName,
    InstrumentSession,
    Measurement,
    MeasurementRecording,
    Recording,
    RecordingRole,
    ReferenceUse,
    Series,
)
from measurements.queries.measurements_conditions import Setting, merged_settings, quantity_settings, setting_of
from measurements.queries.measurements_origins import FILE, INSTRUMENT, SESSION, origins_of
from measurements.services.committing_conditions import CALLED
from samples.models import Sample

# A dark or an instrument response can serve thousands.
MOST_REFERRING = 30


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a measurement; the name is missing where the person may not see it."""

    part: MeasurementRecording
    name: FileName | None
    derived_from: list[tuple[FileDerivation, FileName | None]]


@dataclass(frozen=True, slots=True)
class MeasurementPage:
    """One measurement and what belongs to it."""

    measurement: Measurement
    sample: Sample | None
    series: Series | None
    conditions: list[Setting]
    files: list[FileLine]
    references: list[ReferenceUse]
    referring: list[ReferenceUse]

    @property
    def is_restricted(self) -> bool:
        """Say whether it is of a sample that the person may not see."""
        return self.measurement.sample_id is not None and self.sample is None

    @property
    def recordings(self) -> list[Recording]:
        """The recordings that are drawn and count."""
        return main_recordings(self.files)

    @property
    def curves(self) -> list[Curve]:
        """The curves of the recordings that count."""
        return [curve for one in self.recordings for curve in one.curves.all()]

    @property
    def told(self) -> list[tuple[Recording, list[Setting]]]:
        """What the reader said of each recording that counts, without what the conditions have from it."""
        shown = {one.key for one in self.conditions if one.origin == FILE}
        # In an order of our own: PostgreSQL does not keep that of the file.
        return [
            (
                one,
                [
                    setting_of(key, one.settings[key])
                    for key in sorted(one.settings)
                    if CALLED.get(key, key) not in shown
                ],
            )
            for one in self.recordings
        ]

    @property
    def cautions(self) -> list[str]:
        """What the readers said a person should know, each once."""
        return list(dict.fromkeys(str(caution) for one in self.recordings for caution in one.cautions))


def page_of_measurement(measurement: Measurement, user: User) -> MeasurementPage:
    """Return what the page of a measurement shows, in a constant number of queries."""
    samples = Sample.objects.visible_to(user).filter(pk=measurement.sample_id or 0)
    rung = measurement.rung
    series = Series.objects.visible_to(user).filter(pk=rung.series_id).first() if rung else None
    seen = Measurement.objects.visible_to(user)
    references = measurement.references.filter(reference__in=seen).select_related("reference").order_by("pk")
    referring = measurement.referred_to_by.filter(measurement__in=seen).select_related("measurement")
    files = files_of(measurement, user)
    sample = samples.first() if measurement.sample_id else None
    return MeasurementPage(
        measurement=measurement,
        sample=sample,
        series=series,
        conditions=conditions_of(measurement, sample, main_recordings(files), user),
        files=files,
        references=list(references),
        referring=list(referring.order_by("-pk")[:MOST_REFERRING]),
    )


def main_recordings(files: Sequence[FileLine]) -> list[Recording]:
    """Return the recordings that are drawn and count."""
    return [one.part.recording for one in files if one.part.recording and one.part.role == RecordingRole.MAIN]


def conditions_of(
    measurement: Measurement, sample: Sample | None, recordings: Sequence[Recording], user: User
) -> list[Setting]:
    """Return the conditions of a measurement, then those its session and its instrument add."""
    session = InstrumentSession.objects.visible_to(user).filter(pk=measurement.session_id or 0).first()
    if measurement.instrument is not None:
        prefetch_related_objects([measurement.instrument], "settings")
    origins = origins_of(measurement, sample, session, recordings)
    own = list(quantity_settings(measurement, origins.of))
    own += [setting_of(key, value, origins.of(key, value)) for key, value in measurement.conditions.items()]
    layers = [(SESSION, session.settings)] if session is not None else []
    if measurement.instrument is not None:
        layers.append((INSTRUMENT, {one.key: one.text or one.number for one in measurement.instrument.settings.all()}))
    named = {one.label for one in own}
    return own + [one for one in merged_settings(layers) if one.label not in named]


def files_of(measurement: Measurement, user: User) -> list[FileLine]:
    """Return the files of a measurement with their recordings and curves, and what each was derived from."""
    parts = list(
        measurement.parts.select_related("raw_file", "recording").prefetch_related(
            "recording__curves",
            Prefetch("raw_file__derived_from", queryset=FileDerivation.objects.select_related("source")),
        )
    )
    sources = {one.source_id for part in parts for one in part.raw_file.derived_from.all()}
    wanted = Q(pk__in=[part.file_name_id for part in parts]) | Q(raw_file__in=sources)
    names = list(FileName.objects.visible_to(user).filter(wanted))
    by_id, by_file = {one.pk: one for one in names}, {one.raw_file_id: one for one in names}
    return [
        FileLine(
            part=part,
            name=by_id.get(part.file_name_id),
            derived_from=[(one, by_file.get(one.source_id)) for one in part.raw_file.derived_from.all()],
        )
        for part in parts
    ]
