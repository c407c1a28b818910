"""Staleness: a fit says by itself that what it rests on has changed, and one action repeats everything stale."""

from dataclasses import replace
from decimal import Decimal

import pytest

from analysis.methods.table import METHODS
from analysis.models import Fit, ValueInForce
from analysis.services.housekeeping import keep_fits
from analysis.services.staleness import assembly_of, check_fits, mark_stale, why_stale
from labbook.journal import journal_of
from labbook.models import Lab, User
from labbook.services.jobs import enqueue
from labbook.services.versions import version_token
from measurements.models import Measurement
from measurements.services.measurements import edit_measurement, restore_measurement, void_measurement
from tests.analysis.made import ladder, measured
from tests.working import run_queued_jobs

pytestmark = pytest.mark.django_db


def edited(measurement: Measurement, by: User, **changes: object) -> None:
    """Change what is said of a measurement."""
    measurement.refresh_from_db()
    edit_measurement(record=measurement, changes=changes, token=version_token(measurement), by=by)


def test_a_note_makes_no_fit_stale(lab: Lab, member: User) -> None:
    measurement = measured(lab, member)
    run_queued_jobs()

    edited(measurement, member, note="bright")

    assert Fit.objects.get().stale_because == ""


def test_a_condition_that_a_method_reads_makes_its_fit_stale(lab: Lab, member: User) -> None:
    measurement = measured(lab, member)
    run_queued_jobs()

    edited(measurement, member, excitation_wavelength_nm=Decimal(405))

    assert Fit.objects.get().stale_because.startswith("Changed since")


def test_a_change_that_is_taken_back_makes_a_fit_fresh_again(lab: Lab, member: User) -> None:
    measurement = measured(lab, member)
    run_queued_jobs()
    edited(measurement, member, excitation_wavelength_nm=Decimal(405))

    edited(measurement, member, excitation_wavelength_nm=None)

    assert Fit.objects.get().stale_because == ""


def test_a_newer_method_makes_its_fits_stale(lab: Lab, member: User, monkeypatch: pytest.MonkeyPatch) -> None:
    measured(lab, member)
    run_queued_jobs()
    newer = replace(METHODS["pl_peak"], version=METHODS["pl_peak"].version + 1)
    monkeypatch.setitem(METHODS, "pl_peak", newer)

    keep_fits()

    assert f"version {newer.version}" in Fit.objects.get().stale_because


def test_repeating_a_stale_fit_puts_a_fresh_one_in_its_place(lab: Lab, member: User) -> None:
    measurement = measured(lab, member)
    run_queued_jobs()
    edited(measurement, member, excitation_wavelength_nm=Decimal(405))
    stale = Fit.objects.get()

    enqueue(lab=lab, by=member, kind="repeat_fits", title="Repeat", arguments={"fits": [stale.pk]})
    run_queued_jobs()

    fresh = Fit.objects.current().get()
    stale.refresh_from_db()
    assert stale.superseded_by == fresh
    assert fresh.stale_because == ""
    assert why_stale(fresh, assembly_of(fresh)) == ""


def test_staleness_passes_along_to_what_takes_a_fits_result(lab: Lab, member: User) -> None:
    ladder(lab, member, {"0": 1.85, "0.13": 1.846})
    run_queued_jobs()
    source, other = Fit.objects.current().filter(method="pl_peak").order_by("pk")
    other.inputs.create(position=9, role="peak_energy_ev", kind="fit", source=source, said="peak_energy")

    with journal_of(lab, by=member) as journal:
        marked = mark_stale(journal, [source], "Changed since: spectrum.")

    assert {one.pk for one in marked} == {source.pk, other.pk}
    other.refresh_from_db()
    assert "which is stale" in other.stale_because


def test_a_void_measurement_gives_no_value_until_it_is_restored(lab: Lab, member: User) -> None:
    measurement = measured(lab, member)
    run_queued_jobs()
    sample = measurement.sample
    assert sample is not None

    with journal_of(lab, by=member) as journal:
        void_measurement(journal, measurement, reason="wrong film")
    gone = ValueInForce.objects.filter(sample=sample).count()
    with journal_of(lab, by=member) as journal:
        restore_measurement(journal, measurement)

    assert gone == 0
    assert ValueInForce.objects.filter(sample=sample, quantity="peak_energy").count() == 1


def test_checking_fresh_fits_writes_nothing(lab: Lab, member: User) -> None:
    measured(lab, member)
    run_queued_jobs()
    before = Fit.objects.get().version

    with journal_of(lab, by=member) as journal:
        stale = check_fits(journal, Fit.objects.all())

    assert stale == []
    assert Fit.objects.get().version == before
