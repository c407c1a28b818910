"""Stock: bottles that arrive."""

from datetime import date, datetime
from decimal import Decimal
from typing import TypedDict, Unpack

from labbook.errors import Refusal
from labbook.journal import Journal
from labbook.services.codes import next_code
from samples.kinds import Precision, ProcessKind, SampleKind, Unit
from samples.models import Place, Sample
from samples.services.graph import Made, make_process, make_sample
from samples.services.moves import move_samples

CODE_PREFIX = "BT"


class BottleFacts(TypedDict, total=False):
    """What a bottle's label says besides its chemical."""

    formula: str
    cas: str
    supplier: str
    lot: str
    purity_percent: Decimal | None
    molar_mass_g_per_mol: Decimal | None
    density_g_per_ml: Decimal | None
    opened_on: date | None
    expires_on: date | None
    hazards: str


def receive_bottle(
    journal: Journal,
    *,
    chemical: str,
    short: str,
    amount: Decimal | None,
    unit: Unit,
    at: datetime,
    precision: Precision = Precision.DAY,
    code: str | None = None,
    place: Place | None = None,
    operator: str = "",
    as_written: str = "",
    note: str = "",
    **facts: Unpack[BottleFacts],
) -> Sample:
    """Write a bottle that arrived, with its amount in `unit` (mg, µl or pieces); null when not recorded.

    Raises Refusal for a taken code or a moment in the future.
    """
    if not chemical.strip() or not short.strip():
        raise Refusal("Say which chemical it is.", field="chemical" if not chemical.strip() else "short")
    process = make_process(journal, kind=ProcessKind.RECEIVED, at=at, precision=precision, operator=operator)
    bottle = make_sample(
        journal,
        process=process,
        made=Made(
            kind=SampleKind.BOTTLE,
            code=code or next_code(lab=journal.lab, prefix=CODE_PREFIX),
            unit=unit,
            amount=amount,
            as_written=as_written,
            title=bottle_title(chemical.strip(), facts),
            note=note,
            details={"bottle": {"chemical": chemical.strip(), "short": short.strip(), **facts}},
        ),
    )
    if place is not None:
        return move_samples(journal, samples=[bottle], place=place, at=at, by=operator, reason="received")[0]
    return bottle


def bottle_title(chemical: str, facts: BottleFacts) -> str:
    """Return what a bottle is called: its chemical and its lot."""
    return f"{chemical}, lot {facts['lot']}" if facts.get("lot") else chemical
