"""Results of other fits that a method takes as its settings: which, from where, in one table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from analysis.methods.contract import Method, SettingValue
from analysis.models import Fit, InputKind, Result
from analysis.services.given import Given
from measurements.models import Measurement, Series

SERIES, RUNG, AMBIENT, FRACTION = "series", "rung", "ambient", "fraction"


@dataclass(frozen=True, slots=True)
class Loan:
    """One setting that another method's result fills; `scale` turns the quantity's unit into the setting's."""

    method: str
    setting: str
    stderr_setting: str
    from_methods: tuple[str, ...]
    quantity: str
    where: str
    scale: float = 1.0


@dataclass(slots=True)
class Borrowed:
    """Settings that other fits filled, and those fits."""

    settings: dict[str, SettingValue] = field(default_factory=dict)
    given: list[Given] = field(default_factory=list)
    missing: str = ""


LOANS: tuple[Loan, ...] = (
    Loan("ruby", "lambda0_nm", "lambda0_stderr_nm", ("ruby_lambda0",), "ruby_r1", AMBIENT),
    Loan(
        "gap_against_temperature",
        "phonon_energy_mev",
        "phonon_energy_stderr_mev",
        ("broadening_against_temperature",),
        "phonon_energy",
        SERIES,
    ),
    Loan(
        "absorbance_against_temperature",
        "phonon_energy_mev",
        "",
        ("broadening_against_temperature",),
        "phonon_energy",
        FRACTION,
    ),
    Loan("decay", "peak_energy_ev", "", ("pl_peak",), "peak_energy", RUNG),
    Loan("decay", "fwhm_mev", "", ("pl_peak",), "fwhm", RUNG),
)

# Methods that take results of others of the same ladder come after them.
BORROWERS = frozenset(loan.method for loan in LOANS if loan.where in {SERIES, FRACTION})


def borrowed_for(method: Method, *, measurement: Measurement | None = None, series: Series | None = None) -> Borrowed:
    """Return what other fits give a method: of the same series, of the same rung, or of its ambient rung."""
    borrowed = Borrowed()
    for loan in LOANS:
        if loan.method != method.name:
            continue
        results = lenders(loan, measurement, series)
        if results:
            lend(loan, results, borrowed)
    return borrowed


def lend(loan: Loan, results: Sequence[Result], borrowed: Borrowed) -> None:
    """Fill a setting with the mean of results, and its error with what they leave open."""
    values = [result.value for result in results if result.value is not None]
    errors = [result.stderr or 0.0 for result in results]
    mean = sum(values) / len(values)
    spread = max(values) - min(values)
    borrowed.settings[loan.setting] = mean * loan.scale
    if loan.stderr_setting:
        of_fits = sum(error**2 for error in errors) ** 0.5 / len(errors)
        borrowed.settings[loan.stderr_setting] = max(of_fits, spread / 2) * loan.scale
    borrowed.given += [
        Given(loan.setting, InputKind.FIT, measurement=one.fit.measurement, source=one.fit, said=one.name)
        for one in results
    ]


def lenders(loan: Loan, measurement: Measurement | None, series: Series | None) -> list[Result]:
    """Return the results that fill a loan, where they are looked for."""
    fits = Fit.objects.counting().filter(method__in=loan.from_methods)
    if loan.where == SERIES and series is not None:
        fits = fits.filter(series=series)
    elif loan.where == FRACTION and series is not None and series.sample.fraction_id:
        fits = fits.filter(series__sample__fraction=series.sample.fraction_id)
    elif loan.where == RUNG and measurement is not None and measurement.rung_id:
        fits = fits.filter(measurement__rung=measurement.rung_id, measurement__is_void=False)
    elif loan.where == AMBIENT and measurement is not None and measurement.rung is not None:
        at_zero = {"measurement__rung__series": measurement.rung.series_id, "measurement__rung__nominal": 0}
        fits = fits.filter(**at_zero, measurement__is_void=False, measurement__instrument=measurement.instrument_id)
        fits = fits.exclude(measurement__rung__branch="release")
    else:
        return []
    found = Result.objects.filter(fit__in=fits, name=loan.quantity, value__isnull=False)
    return list(found.select_related("fit__measurement").order_by("fit_id"))


def borrowers_beside(measurement_ids: Collection[int]) -> Q:
    """Return which fits may take results of those of measurements, whether or not they have found them yet."""
    lenders = Fit.objects.current().filter(measurement__in=measurement_ids)
    beside = Q(pk__in=[])
    for loan in LOANS:
        lending = lenders.filter(method__in=loan.from_methods)
        if loan.where == RUNG:
            beside |= Q(method=loan.method, measurement__rung__in=lending.values("measurement__rung"))
        elif loan.where == AMBIENT:
            series = lending.filter(measurement__rung__nominal=0).values("measurement__rung__series")
            beside |= Q(method=loan.method, measurement__rung__series__in=series)
    return beside
