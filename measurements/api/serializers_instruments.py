"""Shapes of instruments, their sessions and calibrations in the API."""

from typing import Any

from rest_framework import serializers

from labbook.api.serializers import NumberField
from measurements.condition_keys import CONDITION_KEYS
from measurements.models import Calibration, Instrument, InstrumentSession, InstrumentSetting

Text = serializers.CharField
Whole = serializers.IntegerField


class InstrumentSerializer(serializers.Serializer[Instrument]):
    """An instrument, its usual settings and the clock of its computer."""

    id = Whole()
    title = Text()
    technique = Text()
    maker = Text()
    model = Text()
    serial_number = Text()
    room = Text()
    names_in_files = serializers.SerializerMethodField()
    time_zone = Text()
    clock_offset_s = NumberField()
    settings = serializers.SerializerMethodField()
    note = Text()
    is_retired = serializers.BooleanField()
    version = Whole()

    def get_names_in_files(self, one: Instrument) -> list[str]:
        """Return the texts by which its files name it."""
        return one.names_in_files.splitlines()

    def get_settings(self, one: Instrument) -> list[dict[str, Any]]:
        """Return its usual settings, each with the source's words."""
        return [setting_of(row) for row in one.settings.all()]


class SessionSerializer(serializers.Serializer[InstrumentSession]):
    """A person's time at an instrument."""

    id = Whole()
    instrument = Text(source="instrument.title")
    instrument_id = Whole()
    day = serializers.DateField()
    title = Text()
    operator = Text()
    settings = serializers.JSONField()
    clock_offset_s = NumberField()
    note = Text()
    project = serializers.SerializerMethodField()
    version = Whole()

    def get_project(self, one: InstrumentSession) -> str | None:
        """Return the project's short name."""
        return one.project.slug if one.project else None


class CalibrationSerializer(serializers.Serializer[Calibration]):
    """A number or a reference measurement, valid from one day to another; null is open on that side."""

    id = Whole()
    instrument = Text(source="instrument.title")
    instrument_id = Whole()
    kind = Text()
    applies_to = Text()
    value = NumberField()
    stderr = NumberField()
    unit = Text()
    as_written = Text()
    measurement_id = serializers.SerializerMethodField()
    valid_from = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    note = Text()
    is_retired = serializers.BooleanField()
    version = Whole()

    def get_measurement_id(self, one: Calibration) -> int | None:
        """Return the measurement it rests on, where the person may see it."""
        return one.measurement_id if one.measurement_id in self.context.get("seen", ()) else None


def setting_of(row: InstrumentSetting) -> dict[str, Any]:
    """Return one setting: a number in its unit, or words."""
    key = CONDITION_KEYS.get(row.key)
    return {
        "key": row.key, "value": float(row.number) if row.number is not None else row.text or None,
        "unit": key.unit if key else "", "as_written": row.as_written, "source_note": row.source_note,
    }  # fmt: skip
