"""What a person asks for beyond single measurements and ladders: films beside solutions, release, rates, sizes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scripts.console import say

if TYPE_CHECKING:
    from analysis.models import Fit, Result
    from labbook.models import Lab, User
    from measurements.models import Measurement

# Lines that differ by less count as the same, as the paper calls them "nearly identical".
MARGIN_MEV = 10.0
# Films are looked at near room temperature beside the solution they were made of.
NEAREST_ROOM_K = 300.0


def analyse_further(lab: "Lab", by: "User") -> "list[Fit]":
    """Run the comparisons, rates and size curves of the paper, and return their fits."""
    made = [*films_beside_solutions(lab, by), *releases(lab, by), *rates(lab, by), *size_curve(lab, by)]
    say(f"{len(made)} comparisons, rates and size curves")
    return made


def films_beside_solutions(lab: "Lab", by: "User") -> "Iterator[Fit]":
    """Compare the PL of each fraction's film with that of its solution."""
    for film in line_measurements(lab, "film"):
        solution = next(iter(line_measurements(lab, "cuvette", of=film)), None)
        if solution is not None and is_warmest(film):
            yield compared("film_against_solution", film, {"solution": [solution]}, by)


def releases(lab: "Lab", by: "User") -> "Iterator[Fit]":
    """Compare the PL of each load before pressure with that after its release."""
    from measurements.models import Measurement

    at_zero = Measurement.objects.filter(lab=lab, technique="PL", rung__nominal=0, rung__unit="GPa", is_void=False)
    for after in at_zero.filter(rung__branch="release").select_related("sample", "rung__series", "instrument", "lab"):
        same = at_zero.filter(rung__series=after.rung.series_id if after.rung else None)
        before = same.exclude(rung__branch="release").order_by("pk").first()
        if before is not None:
            yield compared("reversibility", after, {"before": [before]}, by)


def compared(method: str, measurement: "Measurement", partners: "dict[str, list[Measurement]]", by: "User") -> "Fit":
    """Run a method of two curves."""
    from analysis.methods.table import METHODS
    from analysis.services.assembling import assemble_measurement
    from analysis.services.fitting import analyse

    stated = {"partners": sorted(partners), "margin_mev": MARGIN_MEV}
    return analyse(assemble_measurement(METHODS[method], measurement, stated=stated, partners=partners), by=by)


def line_measurements(lab: "Lab", kind: str, of: "Measurement | None" = None) -> "list[Measurement]":
    """Return the PL measurements of samples of a kind, of one fraction if a measurement of it is given."""
    from measurements.models import Measurement

    found = Measurement.objects.filter(lab=lab, technique="PL", sample__kind=kind, is_void=False)
    if of is not None and of.sample is not None:
        found = found.filter(sample__fraction=of.sample.fraction_id)
    return list(found.select_related("sample", "rung__series", "instrument", "lab", "project").order_by("pk"))


def is_warmest(film: "Measurement") -> bool:
    """Say whether a film was measured at room temperature."""
    rung = film.rung
    return rung is None or rung.unit != "K" or float(rung.nominal) >= NEAREST_ROOM_K


def rates(lab: "Lab", by: "User") -> "Iterator[Fit]":
    """Compute the rates of each load at no pressure from its lifetime and the yield of its fraction."""
    from analysis.methods.table import METHODS
    from analysis.services.combining import assemble_from_results
    from analysis.services.fitting import analyse

    for lifetime in results(lab, "tau_amplitude", measurement__rung__nominal=0):
        subject = lifetime.fit.measurement
        sample = subject.sample if subject else None
        found = results(lab, "plqy", sample__fraction=sample.fraction_id if sample else None, sample__kind="cuvette")
        if subject is None or not found:
            continue
        picks = {"plqy_percent": found[0], "lifetime_ns": lifetime}
        stated = {"lifetime_kind": "amplitude-weighted", "is_same_sample_and_state": "yes"}
        yield analyse(assemble_from_results(METHODS["rates"], lab, picks, subject=subject, stated=stated), by=by)


def size_curve(lab: "Lab", by: "User") -> "Iterator[Fit]":
    """Calibrate size against the first exciton with the lab's own pairs."""
    from analysis.methods.table import METHODS
    from analysis.services.combining import assemble_across
    from analysis.services.fitting import analyse

    pairs = []
    for size in results(lab, "edge_length", method="particle_sizes"):
        fraction = size.fit.sample.fraction_id if size.fit.sample else None
        energy = next(iter(results(lab, "exciton_energy", sample__fraction=fraction, sample__kind="cuvette")), None)
        if energy is not None:
            pairs.append((size, energy))
    if len(pairs) >= 3:
        method = METHODS["sizing_curve"]
        role = method.inputs[0].role
        yield analyse(assemble_across(method, lab, pairs, role=role, units=("nm", "eV")), by=by)


def results(lab: "Lab", name: str, **of_fit: object) -> "list[Result]":
    """Return the results of a quantity that count, of fits that are so."""
    from analysis.models import Fit, Result

    fits = Fit.objects.counting().filter(lab=lab, **of_fit)
    found = Result.objects.filter(fit__in=fits, name=name, value__isnull=False)
    return list(found.select_related("fit__sample", "fit__measurement__sample", "fit__measurement__rung"))
