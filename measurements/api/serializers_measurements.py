"""Shapes of measurements, series and rungs in the API; a number's unit is the last word of its name."""

from typing import Any

from rest_framework import serializers

from labbook.api.serializers import NumberField
from measurements.models import Measurement, Rung, Series
from measurements.queries.states import state_of

Text = serializers.CharField
Whole = serializers.IntegerField
Moment = serializers.DateTimeField


class MeasurementSerializer(serializers.Serializer[Measurement]):
    """A measurement, its conditions and its files; a sample that the person may not see is null."""

    id = Whole()
    technique = Text()
    sample = serializers.SerializerMethodField()
    reference_kind = Text()
    title = Text()
    state = serializers.SerializerMethodField()
    measured_at = Moment(allow_null=True)
    measured_at_precision = Text()
    measured_at_origin = Text()
    operator = Text()
    instrument = serializers.SerializerMethodField()
    instrument_id = Whole(allow_null=True)
    session_id = Whole(allow_null=True)
    series_id = serializers.SerializerMethodField()
    rung_id = Whole(allow_null=True)
    rung = serializers.SerializerMethodField()
    pressure_gpa = NumberField(allow_null=True)
    temperature_k = NumberField(allow_null=True)
    age_days = NumberField(allow_null=True)
    atmosphere = Text()
    vacuum_mbar = NumberField(allow_null=True)
    excitation_wavelength_nm = NumberField(allow_null=True)
    excitation_power_mw = NumberField(allow_null=True)
    pulse_rate_mhz = NumberField(allow_null=True)
    objective = Text()
    spot = Text()
    replicate = Whole()
    branch = Text()
    part = Text()
    conditions = serializers.JSONField()
    note = Text()
    is_void = serializers.BooleanField()
    void_reason = Text()
    files = serializers.SerializerMethodField()
    curves = serializers.SerializerMethodField()
    project = serializers.SerializerMethodField()
    created_at = Moment()
    version = Whole()

    def get_sample(self, one: Measurement) -> str | None:
        """Return the sample's code."""
        codes: dict[int, str] = self.context.get("codes", {})
        return codes.get(one.sample_id or 0)

    def get_state(self, one: Measurement) -> str:
        """Return whether it counts and whether its files could be read."""
        return state_of(one)

    def get_instrument(self, one: Measurement) -> str | None:
        """Return the instrument's name."""
        return one.instrument.title if one.instrument else None

    def get_series_id(self, one: Measurement) -> int | None:
        """Return the series of its rung."""
        return one.rung.series_id if one.rung else None

    def get_rung(self, one: Measurement) -> str | None:
        """Return the rung in words."""
        return str(one.rung) if one.rung else None

    def get_files(self, one: Measurement) -> list[dict[str, Any]]:
        """Return its files as far as the person sees their names."""
        seen: dict[int, str] = self.context.get("file_names", {})
        return [
            {
                "id": part.file_name_id,
                "name": seen[part.file_name_id],
                "role": part.role,
                "sha256": part.raw_file.sha256,
            }
            for part in one.parts.all()
            if part.file_name_id in seen
        ]

    def get_curves(self, one: Measurement) -> list[int]:
        """Return the ids of the curves of its recordings."""
        recordings = [part.recording for part in one.parts.all() if part.recording]
        return [curve.pk for recording in recordings for curve in recording.curves.all()]

    def get_project(self, one: Measurement) -> str | None:
        """Return the project's short name."""
        return one.project.slug if one.project else None


class SeriesSerializer(serializers.Serializer[Series]):
    """A ladder and its rungs."""

    id = Whole()
    title = Text()
    sample = serializers.SerializerMethodField()
    along = Text()
    note = Text()
    rungs = serializers.SerializerMethodField()
    project = serializers.SerializerMethodField()
    created_at = Moment()
    version = Whole()

    def get_sample(self, one: Series) -> str | None:
        """Return the sample's code."""
        codes: dict[int, str] = self.context.get("codes", {})
        return codes.get(one.sample_id)

    def get_rungs(self, one: Series) -> list[dict[str, Any]]:
        """Return the rungs in the order of the ladder."""
        return [dict(RungSerializer(rung).data) for rung in one.rungs.all()]

    def get_project(self, one: Series) -> str | None:
        """Return the project's short name."""
        return one.project.slug if one.project else None


class RungSerializer(serializers.Serializer[Rung]):
    """One step of a ladder."""

    id = Whole()
    series_id = Whole()
    position = Whole()
    nominal = NumberField()
    unit = Text()
    branch = Text()
    note = Text()
