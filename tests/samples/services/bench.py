"""Plans, injects and precipitates for tests, as a person at the bench does it, through the services."""

from datetime import datetime, timedelta
from decimal import Decimal

from labbook.journal import journal_of
from labbook.models import Lab, User
from labbook.quantities import QuantityRange, parse_range
from samples.kinds import SampleKind, Unit
from samples.models import RecipeVersion, Sample, Synthesis
from samples.services.furnishing import furnish_lab
from samples.services.precipitation import FractionRow, Receipt, RoundRow, Stop, UseLine, VialPlan, record_fractions
from samples.services.stock import receive_bottle
from samples.services.syntheses import UsedAmount, plan_synthesis, record_injection
from tests.samples.services.making import hours_ago, received

NO_PRECIPITATE = "no obvious precipitate"


def hot_injection(lab: Lab) -> RecipeVersion:
    """The lab's hot injection recipe, furnished when it has none yet."""
    furnish_lab(lab, None)
    return RecipeVersion.objects.get(recipe__lab=lab, recipe__slug="hot-injection")


def degrees(text: str) -> QuantityRange:
    """A planned temperature as it is typed."""
    return parse_range(text, "°C")


def batch(lab: Lab, by: User, code: str, volume_ul: str | None) -> Sample:
    """A precursor batch that was made two days ago."""
    with journal_of(lab, by=by) as journal:
        return received(journal, code, volume_ul, kind=SampleKind.PRECURSOR)


def bottle(lab: Lab, by: User, short: str, volume_ul: str = "100000") -> Sample:
    """A bottle of a solvent."""
    with journal_of(lab, by=by) as journal:
        return receive_bottle(
            journal, chemical=short, short=short, amount=Decimal(volume_ul), unit=Unit.UL, at=hours_ago(72)
        )


def planned(lab: Lab, by: User, *, cs: Sample | None = None, pb: Sample | None = None) -> Synthesis:
    """A planned synthesis at 170 °C."""
    recipe = hot_injection(lab)
    with journal_of(lab, by=by) as journal:
        return plan_synthesis(
            journal, recipe=recipe, operator="LM", planned_temperature=degrees("170"), cs_batch=cs, pb_batch=pb
        )


def injected(lab: Lab, by: User, synthesis: Synthesis, *, at: datetime | None = None, cs_ul: str = "1010") -> Sample:
    """The crude of an injection 6.9 s long."""
    moment = at or hours_ago(5)
    with journal_of(lab, by=by) as journal:
        return record_injection(
            journal, synthesis=synthesis, injected_at=moment, ice_bath_at=moment + timedelta(seconds=6.9),
            used={"cs_batch": UsedAmount(Decimal(cs_ul), "1.01 ml")},
        )  # fmt: skip


def row(hours: float, meoac_ul: str, *, vials: int = 1, **facts: object) -> FractionRow:
    """A round with 3 ml of hexane, done some hours ago."""
    return FractionRow(
        round=RoundRow(
            at=hours_ago(hours),
            meoac=UseLine(Decimal(meoac_ul)),
            hexane=UseLine(Decimal(3000)),
            **facts,  # type: ignore[arg-type]
        ),
        vials=(VialPlan(),) * vials,
    )


def three_rounds(lab: Lab, by: User, synthesis: Synthesis) -> Receipt:
    """Three rounds and the stop, in one save."""
    with journal_of(lab, by=by) as journal:
        return record_fractions(
            journal,
            synthesis=synthesis,
            rows=[row(4, "5300"), row(3, "7000", vials=2), row(2, "9400")],
            operator="LM",
            stop=Stop(hours_ago(1), NO_PRECIPITATE),
        )
