"""States: what a sample was exposed to when it was looked at, so that values of one state count together."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from analysis.models import Fit, ValueInForce

ROOM_K = (Decimal(288), Decimal(303))


@dataclass(frozen=True, slots=True)
class State:
    """In which state a sample was looked at; what is as it always is has no word."""

    temperature_k: Decimal | None = None
    pressure_gpa: Decimal | None = None
    age_days: Decimal | None = None
    branch: str = ""

    def __str__(self) -> str:
        """Return the state in words."""
        words = []
        if self.temperature_k is not None:
            words.append(f"{self.temperature_k.normalize():f} K")
        if self.pressure_gpa is not None:
            words.append(f"{self.pressure_gpa.normalize():f} GPa")
        if self.age_days is not None:
            words.append(f"{self.age_days.normalize():f} d")
        return ", ".join([*words, *([self.branch] if self.branch else [])])


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a measurement and its rung tell of a state."""

    temperature_k: Decimal | None
    pressure_gpa: Decimal | None
    branch: str
    rung_nominal: Decimal | None = None
    rung_unit: str = ""
    rung_branch: str = ""


def state_under(told: Conditions) -> State:
    """Return the state that conditions mean: the rung's before the measurement's; room temperature is none.

    An age is a state on a ladder of ages only; otherwise every look at a sample would be a state of its own.
    """
    temperature = told.rung_nominal if told.rung_unit == "K" else told.temperature_k
    pressure = told.rung_nominal if told.rung_unit == "GPa" else told.pressure_gpa
    age = told.rung_nominal if told.rung_unit == "d" else None
    if temperature is not None and ROOM_K[0] <= temperature <= ROOM_K[1] and told.rung_unit != "K":
        temperature = None
    return State(temperature, pressure, age, told.rung_branch or told.branch)


def state_of(fit: Fit) -> State:
    """Return the state a fit's sample was in."""
    measurement = fit.measurement
    if measurement is None:
        return State()
    rung = measurement.rung
    of_rung = (rung.nominal, rung.unit, rung.branch) if rung is not None else ()
    return state_under(
        Conditions(measurement.temperature_k, measurement.pressure_gpa, measurement.branch, *of_rung)
    )  # fmt: skip


def state_from(value: ValueInForce) -> State:
    """Return the state a value in force is of."""
    return State(value.temperature_k, value.pressure_gpa, value.age_days, value.branch)


def near(state: State) -> Q:
    """Return what the database can tell of a state, so that a sample measured a thousand times is not read whole."""
    pressed = state.pressure_gpa
    if pressed is not None:
        return Q(measurement__rung__nominal=pressed) | Q(measurement__pressure_gpa=pressed)
    if state.age_days is not None:
        return Q(measurement__rung__nominal=state.age_days)
    return Q()
