"""Tells a small story to the notebook: two bottles, two precursors, an injection, a fraction, vials and a film."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from labbook.journal import Journal, journal_of
from labbook.models import Lab, User
from labbook.services.codes import register_code, take_tag
from samples.kinds import ProcessKind, SampleKind, Unit
from samples.models import Process, Sample, Synthesis, SynthesisStatus
from samples.services.graph import Made, make_process, make_sample, use
from samples.services.specimens import SpecimenPlan, make_specimen
from samples.services.stock import receive_bottle

START = datetime(2026, 2, 16, 8, 0, tzinfo=UTC)


@dataclass
class Story:
    """What was made, by code."""

    lab: Lab
    by: User
    samples: dict[str, Sample] = field(default_factory=dict)
    synthesis: Synthesis | None = None

    def __getitem__(self, code: str) -> Sample:
        self.samples[code].refresh_from_db()
        return self.samples[code]


def tell(lab: Lab, by: User, number: str = "024") -> Story:
    """Record the way from the bottles of PbI2 and Cs2CO3 to a film, with amounts as a lab has them."""
    story = Story(lab, by)
    with journal_of(lab, by=by) as journal:
        _bottles(journal, story, number)
        _prepare(journal, story, f"PB-{number}", {f"BT-PB-{number}": "249.7", f"BT-ODE-{number}": "12500"}, "14940")
        _prepare(journal, story, f"CS-{number}", {f"BT-CS-{number}": "198.3", f"BT-ODE-{number}": "10000"}, "10680")
        _inject(journal, story, f"NC-{number}", {f"PB-{number}": "14940", f"CS-{number}": "1010"})
        _precipitate(journal, story, f"NC-{number}", f"BT-ODE-{number}")
        _dispense(journal, story, f"NC-{number}-F1")
        film = make_specimen(
            journal,
            source=story[f"NC-{number}-F1-b"],
            plan=SpecimenPlan(prefix="FL", amount=Decimal(50), detail={"substrate": "glass"}),
            at=START + timedelta(days=2),
            operator="AV",
        )
        story.samples[film.code] = film
    return story


def add(journal: Journal, story: Story, process: Process, made: Made) -> Sample:
    """Let a process make a sample and remember it by its code."""
    sample = make_sample(journal, process=process, made=made)
    story.samples[sample.code] = sample
    return sample


def _bottles(journal: Journal, story: Story, number: str) -> None:
    for short, unit, lot in (("PB", Unit.MG, "SIM4158"), ("CS", Unit.MG, "SIM4021"), ("ODE", Unit.UL, "SIM4295")):
        name = {"PB": "PbI2", "CS": "Cs2CO3"}.get(short, short)
        bottle = receive_bottle(
            journal, code=f"BT-{short}-{number}", chemical=name, short=name, amount=Decimal(900_000), unit=unit,
            at=START - timedelta(days=30), lot=lot,
        )  # fmt: skip
        story.samples[bottle.code] = bottle


def _prepare(journal: Journal, story: Story, code: str, lines: dict[str, str], made: str) -> None:
    process = make_process(journal, kind=ProcessKind.PREPARATION, at=START, operator="AV")
    for bottle, amount in lines.items():
        use(journal, process=process, sample=story[bottle], amount=Decimal(amount), is_solvent="ODE" in bottle)
    add(journal, story, process, Made(SampleKind.PRECURSOR, code, Unit.UL, Decimal(made)))


def _inject(journal: Journal, story: Story, code: str, lines: dict[str, str]) -> None:
    made = Synthesis.objects.create(
        lab=story.lab, code=code, tag=take_tag(), status=SynthesisStatus.FINISHED, injected_at=START,
        injection_temperature_c=Decimal("169.2"), growth_s=Decimal("6.9"), operator="AV",
    )  # fmt: skip
    register_code(record=made, code=code, tag=made.tag, record_type="synthesis")
    story.synthesis = made
    at = START + timedelta(hours=2)
    process = make_process(journal, kind=ProcessKind.HOT_INJECTION, at=at, operator="AV", synthesis=made)
    for precursor, amount in lines.items():
        use(journal, process=process, sample=story[precursor], amount=Decimal(amount))
    add(journal, story, process, Made(SampleKind.CRUDE, f"{code}-C", Unit.UL, Decimal(15900)))


def _precipitate(journal: Journal, story: Story, code: str, antisolvent: str) -> None:
    process = make_process(
        journal, kind=ProcessKind.PRECIPITATION, at=START + timedelta(hours=3), operator="AV",
        synthesis=story.synthesis, round_number=1,
    )  # fmt: skip
    use(journal, process=process, sample=story[f"{code}-C"], amount=Decimal(15900))
    use(journal, process=process, sample=story[antisolvent], amount=Decimal(5300), is_solvent=True, key="meoac")
    add(journal, story, process, Made(SampleKind.FRACTION, f"{code}-F1", Unit.UL, Decimal(2800)))
    add(journal, story, process, Made(SampleKind.SUPERNATANT, f"{code}-S1", Unit.UL, Decimal(20800)))


def _dispense(journal: Journal, story: Story, code: str) -> None:
    process = make_process(journal, kind=ProcessKind.DISPENSING, at=START + timedelta(hours=4), operator="AV")
    use(journal, process=process, sample=story[code], amount=Decimal(2800))
    for letter, amount in (("a", 700), ("b", 700), ("c", 1400)):
        made = Made(
            SampleKind.VIAL, f"{code}-{letter}", Unit.UL, Decimal(amount), fraction=story[code], solvent="n-hexane",
            details={"vial": {"letter": letter}},
        )  # fmt: skip
        add(journal, story, process, made)
