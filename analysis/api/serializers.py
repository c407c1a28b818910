"""Shapes of fits, results and values in force in the API; a number's unit stands beside it."""

from typing import Any

from rest_framework import serializers

from analysis.models import Fit, FitInput, Result, ValueInForce
from analysis.queries.fit_states import state_of
from labbook.api.serializers import NumberField

Text = serializers.CharField
Whole = serializers.IntegerField
Real = serializers.FloatField
Moment = serializers.DateTimeField


class ResultSerializer(serializers.Serializer[Result]):
    """One number of a fit."""

    name = Text()
    value = Real(allow_null=True)
    stderr = Real(allow_null=True)
    low = Real(allow_null=True)
    high = Real(allow_null=True)
    unit = Text()
    note = Text()


class FitInputSerializer(serializers.Serializer[FitInput]):
    """One exact thing a fit rests on."""

    role = Text()
    kind = Text()
    measurement_id = Whole(allow_null=True)
    curve_id = Whole(allow_null=True)
    row = Whole(allow_null=True)
    source_fit_id = Whole(source="source_id", allow_null=True)
    calibration_id = Whole(allow_null=True)
    sha256 = Text()
    raw_sha256 = Text()
    reader = Text()
    said = Text()


class FitSerializer(serializers.Serializer[Fit]):
    """A fit with everything that led to it; a sample that the person may not see is null."""

    id = Whole()
    method = Text()
    method_version = Whole()
    sample = serializers.SerializerMethodField()
    measurement_id = Whole(allow_null=True)
    series_id = Whole(allow_null=True)
    state = serializers.SerializerMethodField()
    counts = serializers.BooleanField()
    says = Text()
    refused = Text()
    results = serializers.SerializerMethodField()
    statistics = serializers.JSONField()
    flags = serializers.JSONField()
    parameters = serializers.JSONField()
    covariance = serializers.JSONField()
    alternatives = serializers.JSONField()
    stated = serializers.JSONField()
    used = serializers.JSONField()
    seed = Whole()
    inputs = serializers.SerializerMethodField()
    versions = serializers.JSONField()
    is_current = serializers.BooleanField()
    is_automatic = serializers.BooleanField()
    superseded_by_id = Whole(allow_null=True)
    stale_because = Text()
    verdict = Text()
    verdict_reason = Text()
    verdict_at = Moment(allow_null=True)
    compute_s = Real()
    project = serializers.SerializerMethodField()
    created_at = Moment()
    version = Whole()

    def get_sample(self, one: Fit) -> str | None:
        """Return the sample's code."""
        codes: dict[int, str] = self.context.get("codes", {})
        return codes.get(one.sample_id or 0)

    def get_state(self, one: Fit) -> str:
        """Return how the fit stands: whether it counts, waits for a look, is stale, rejected or refused."""
        return state_of(one)

    def get_results(self, one: Fit) -> list[dict[str, Any]]:
        """Return the numbers in their order."""
        return [dict(ResultSerializer(result).data) for result in one.results.all()]

    def get_inputs(self, one: Fit) -> list[dict[str, Any]]:
        """Return what it rests on; of what the person may not see nothing but the part it plays."""
        seen: set[int] = self.context.get("measurements", set())
        return [
            dict(FitInputSerializer(given).data)
            if given.measurement_id is None or given.measurement_id in seen
            else {"role": given.role, "kind": given.kind, "is_restricted": True}
            for given in one.inputs.all()
        ]

    def get_project(self, one: Fit) -> str | None:
        """Return the project's short name."""
        return one.project.slug if one.project else None


class ResultRowSerializer(serializers.Serializer[Result]):
    """One number with its sample and conditions: a row of a table for pandas."""

    id = Whole()
    fit_id = Whole()
    method = Text(source="fit.method")
    sample = serializers.SerializerMethodField()
    measurement_id = Whole(source="fit.measurement_id", allow_null=True)
    series_id = Whole(source="fit.series_id", allow_null=True)
    quantity = Text(source="name")
    value = Real(allow_null=True)
    stderr = Real(allow_null=True)
    low = Real(allow_null=True)
    high = Real(allow_null=True)
    unit = Text()
    note = Text()
    pressure_gpa = serializers.SerializerMethodField()
    temperature_k = serializers.SerializerMethodField()
    age_days = serializers.SerializerMethodField()
    branch = serializers.SerializerMethodField()
    counts = serializers.BooleanField(source="fit.counts")
    is_stale = serializers.SerializerMethodField()

    def get_sample(self, one: Result) -> str | None:
        """Return the sample's code."""
        codes: dict[int, str] = self.context.get("codes", {})
        return codes.get(one.fit.sample_id or 0)

    def get_pressure_gpa(self, one: Result) -> float | None:
        """Return the pressure of its rung, or what its measurement states."""
        return self._condition(one, "pressure_gpa", "GPa")

    def get_temperature_k(self, one: Result) -> float | None:
        """Return the temperature of its rung, or what its measurement states."""
        return self._condition(one, "temperature_k", "K")

    def get_age_days(self, one: Result) -> float | None:
        """Return the age of its rung, or what its measurement states."""
        return self._condition(one, "age_days", "d")

    def get_branch(self, one: Result) -> str:
        """Return on which way along the ladder it was measured."""
        measurement = one.fit.measurement
        return "" if measurement is None else (measurement.rung.branch if measurement.rung else measurement.branch)

    def get_is_stale(self, one: Result) -> bool:
        """Return whether what it rests on has changed since."""
        return bool(one.fit.stale_because)

    def _condition(self, one: Result, column: str, unit: str) -> float | None:
        measurement = one.fit.measurement
        if measurement is None:
            return None
        value = getattr(measurement, column)
        if measurement.rung is not None and measurement.rung.unit == unit:
            value = measurement.rung.nominal
        return None if value is None else float(value)


class ValueInForceSerializer(serializers.Serializer[ValueInForce]):
    """What counts for a sample, quantity and state."""

    id = Whole()
    sample = serializers.SerializerMethodField()
    quantity = Text()
    state = Text()
    temperature_k = NumberField(allow_null=True)
    pressure_gpa = NumberField(allow_null=True)
    age_days = NumberField(allow_null=True)
    branch = Text()
    value = Real()
    stderr = Real(allow_null=True)
    between_std = Real(allow_null=True)
    replicate_count = Whole()
    unit = Text()
    chosen_fit_id = Whole(source="chosen_id", allow_null=True)
    fits = serializers.SerializerMethodField()
    version = Whole()

    def get_sample(self, one: ValueInForce) -> str | None:
        """Return the sample's code."""
        codes: dict[int, str] = self.context.get("codes", {})
        return codes.get(one.sample_id)

    def get_fits(self, one: ValueInForce) -> list[int]:
        """Return the fits it is the value or the mean of."""
        return [result.fit_id for result in one.results.all()]
