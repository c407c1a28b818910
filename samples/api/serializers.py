"""Output shapes of samples and what belongs to them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from labbook.api.serializers import NumberField
from samples.models import LedgerEntry, Sample

Text = serializers.CharField
Whole = serializers.IntegerField
Day = serializers.DateField
Moment = serializers.DateTimeField


class BottleDetailSerializer(serializers.Serializer[Any]):
    """What a bottle's label says."""

    chemical = Text()
    short = Text()
    formula = Text()
    cas = Text()
    supplier = Text()
    lot = Text()
    purity_percent = NumberField()
    molar_mass_g_per_mol = NumberField()
    density_g_per_ml = NumberField()
    opened_on = Day(allow_null=True)
    expires_on = Day(allow_null=True)
    hazards = Text()


class VialDetailSerializer(serializers.Serializer[Any]):
    """Which vial of its fraction it is, and what it is kept for."""

    letter = Text()
    arm = Text()


class SpecimenDetailSerializer(serializers.Serializer[Any]):
    """What a specimen lies on or in."""

    substrate = Text()
    substrate_lot = Text()
    substrate_cleaning = Text()
    detail = Text()
    dilution_as_written = Text()
    dilution_ratio = NumberField()
    culet_diameter_mm = NumberField()
    cell = Text(source="cell.title", default=None, allow_null=True)
    unloaded_at = Moment(allow_null=True)


class SizeSerializer(serializers.Serializer[Any]):
    """A size, where it came from, and the sample it was found on: its own or its fraction."""

    edge_length_nm = NumberField()
    origin = Text()
    edge_length_std_nm = NumberField()
    particle_count = Whole(allow_null=True)
    of = Text(source="sample.code")


class SampleSerializer(serializers.Serializer[Sample]):
    """A sample of any kind; amounts are in `unit` (mg, ul or piece), a null amount was not recorded."""

    id = Whole()
    code = Text()
    tag = Text()
    kind = Text()
    title = Text()
    status = Text()
    status_reason = Text()
    made_at = Moment()
    made_at_precision = Text()
    made_by = Text()
    ended_at = Moment(allow_null=True)
    unit = Text()
    made_amount = NumberField()
    balance = NumberField()
    solvent = Text()
    look = Text()
    note = Text()
    place = Text(source="place.title", default=None, allow_null=True)
    project = Text(source="project.slug", default=None, allow_null=True)
    fraction = Text(source="fraction.code", default=None, allow_null=True)
    process = Whole(source="origin_id")
    syntheses = serializers.SerializerMethodField()
    injection_temperature_c = serializers.SerializerMethodField()
    growth_s = serializers.SerializerMethodField()
    size = SizeSerializer(source="size_shown", allow_null=True, read_only=True)
    names = serializers.SerializerMethodField()
    bottle = BottleDetailSerializer(allow_null=True, read_only=True)
    vial = VialDetailSerializer(allow_null=True, read_only=True)
    specimen = SpecimenDetailSerializer(allow_null=True, read_only=True)
    version = Whole()

    def get_syntheses(self, sample: Sample) -> list[str]:
        """Return the codes of the syntheses whose material is in it."""
        return [one.code for one in sample.syntheses.all()]

    @extend_schema_field(NumberField)
    def get_injection_temperature_c(self, sample: Sample) -> float | None:
        """Return the injection temperature of its only synthesis."""
        return only_number(sample, "injection_temperature_c")

    @extend_schema_field(NumberField)
    def get_growth_s(self, sample: Sample) -> float | None:
        """Return the growth time of its only synthesis."""
        return only_number(sample, "growth_s")

    def get_names(self, sample: Sample) -> list[str]:
        """Return its other names."""
        names: dict[int, list[str]] = self.context["names"]
        return names.get(sample.pk, [])


def only_number(sample: Sample, name: str) -> float | None:
    """Return a number of the sample's synthesis; nothing for a sample of several or of none."""
    found = list(sample.syntheses.all())
    value = getattr(found[0], name) if len(found) == 1 else None
    return None if value is None else float(value)


class LedgerSerializer(serializers.Serializer[LedgerEntry]):
    """One change of a sample's amount, in the sample's unit."""

    id = Whole()
    at = Moment()
    kind = Text()
    amount = NumberField()
    balance = NumberField()
    unit = Text(source="sample.unit")
    process = Whole(source="process_id", allow_null=True)
    by = Text()
    as_written = Text()
    reason = Text()
    recorded_at = Moment()


class MoveSerializer(serializers.Serializer[Any]):
    """A sample came to a place."""

    id = Whole()
    sample = Text(source="sample.code")
    place = Text(source="place.title", default=None, allow_null=True)
    moved_at = Moment()
    by = Text()
    reason = Text()


class LabelSerializer(serializers.Serializer[Any]):
    """A label that waits to be printed, or was."""

    id = Whole()
    code = Text(source="sample.code")
    tag = Text(source="sample.tag")
    kind = Text(source="sample.kind")
    title = Text(source="sample.title")
    requested_at = Moment()
    printed_at = Moment(allow_null=True)


class HitSerializer(serializers.Serializer[Any]):
    """A record that a search finds."""

    record_type = Text()
    record_id = Whole()
    kind = Text()
    code = Text()
    title = Text()
    status = Text()
    by = Text()
    made_at = Moment()
