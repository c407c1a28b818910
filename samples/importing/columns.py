"""The tables an import knows and what each of their columns means; docs/reference/import-tables.md is made of this."""

from dataclasses import dataclass
from typing import Literal

CellKind = Literal["code", "text", "number", "count", "amount", "moment", "day", "choice"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its cells are read, in which unit, and what they say."""

    name: str
    kind: CellKind
    says: str
    required: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table; `key` names the columns that tell its rows apart (none: every row counts)."""

    name: str
    says: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def _code(name: str, says: str, *, required: bool = False) -> Column:
    return Column(name, "code", says, required)


def _text(name: str, says: str, *, required: bool = False) -> Column:
    return Column(name, "text", says, required)


def _number(name: str, unit: str, says: str, *, required: bool = False) -> Column:
    return Column(name, "number", says, required, unit)


def _count(name: str, says: str, *, required: bool = False) -> Column:
    return Column(name, "count", says, required)


def _moment(name: str, says: str, *, required: bool = False) -> Column:
    return Column(name, "moment", says, required)


def _choice(name: str, choices: tuple[str, ...], says: str, *, required: bool = False) -> Column:
    return Column(name, "choice", says, required, choices=choices)


AMOUNT_UNITS = ("g", "mg", "l", "ml", "ul", "µl", "piece")
OPERATOR = _text("operator", "initials of who did it")

SHAPES = {
    shape.name: shape
    for shape in (
        TableShape("bottles", "bottles of chemicals, by supplier and lot", ("code",), (
            _code("code", "the bottle's code, such as BT-101", required=True),
            _text("chemical", "name of the chemical", required=True),
            _text("short", "short name, such as ODE", required=True),
            _text("formula", "chemical formula"),
            _text("cas", "CAS number"),
            _text("supplier", "supplier"),
            _text("lot", "lot number"),
            _number("purity_percent", "%", "purity"),
            _number("molar_mass_g_per_mol", "", "molar mass in g/mol"),
            _number("density_g_per_ml", "", "density in g/ml"),
            Column("amount", "amount", "what it held when it came", required=True),
            _choice("unit", AMOUNT_UNITS, "unit of the amount", required=True),
            Column("opened", "day", "day it was opened"),
            Column("expiry", "day", "day it expires"),
            _text("place", "title of the place it stands in"),
        )),
        TableShape("precursors", "precursor batches", ("code",), (
            _code("code", "the batch's code, such as CS-019", required=True),
            _text("kind", "Cs-oleate or PbI2", required=True),
            _moment("made_at", "when it was made", required=True),
            OPERATOR,
            _number("degas_planned_C", "°C", "planned degas temperature"),
            _number("degas_actual_C", "°C", "degas temperature"),
            _number("vacuum_planned_min", "min", "planned time under vacuum"),
            _number("vacuum_actual_min", "min", "time under vacuum"),
            _number("volume_ml", "ml", "volume made; empty when not recorded"),
            _text("note", "note"),
        )),
        TableShape("precursor_inputs", "what went into a precursor batch", ("precursor", "bottle"), (
            _code("precursor", "code of the batch", required=True),
            _code("bottle", "code of the bottle; empty when the lot was not recorded"),
            _text("chemical", "short name of the chemical"),
            Column("planned", "amount", "planned amount"),
            Column("actual", "amount", "amount taken; empty when not recorded"),
            _choice("unit", AMOUNT_UNITS, "unit of both amounts", required=True),
            _text("as_written", "the amount as it was written down"),
        )),
        TableShape("syntheses", "hot injections", ("code",), (
            _code("code", "the synthesis's code, such as NC-024", required=True),
            _code("cs_batch", "code of the Cs-oleate batch"),
            _code("pb_batch", "code of the PbI2 batch"),
            _number("injection_planned_C", "°C", "planned injection temperature"),
            _number("injection_actual_C", "°C", "injection temperature"),
            _number("cs_oleate_planned_ml", "ml", "planned volume of Cs-oleate"),
            _number("cs_oleate_actual_ml", "ml", "volume of Cs-oleate injected"),
            _moment("injected_at", "moment of injection; empty for a synthesis that is only planned"),
            _moment("ice_bath_at", "moment of the ice bath"),
            _number("growth_s", "s", "growth time; with both moments it is only compared"),
            _number("crude_ml", "ml", "volume of the crude"),
            _text("look", "look of the crude"),
            OPERATOR,
            _text("note", "note"),
        )),
        TableShape("rounds", "precipitation rounds, clean-up spins and stops", ("synthesis", "round", "kind"), (
            _code("synthesis", "code of the synthesis", required=True),
            _count("round", "number of the round", required=True),
            _choice("kind", ("precipitation", "clean-up spin", "stop"), "what the row is", required=True),
            _moment("at", "when", required=True),
            _number("in_ml", "ml", "volume that went in"),
            _number("meoac_planned_ml", "ml", "planned methyl acetate"),
            _number("meoac_actual_ml", "ml", "methyl acetate added"),
            _number("rpm", "rpm", "spin speed"),
            _number("minutes", "min", "spin time"),
            _number("pellet_hexane_ml", "ml", "hexane the pellet was taken up in"),
            _number("supernatant_ml", "ml", "volume of the supernatant"),
            _text("outcome", "outcome, or why it was stopped"),
            _code("fraction", "code of the fraction it made or cleaned"),
            _text("look", "look"),
            OPERATOR,
        )),
        TableShape("fractions", "fractions collected in the rounds", ("code",), (
            _code("code", "the fraction's code, such as NC-024-F2", required=True),
            _code("synthesis", "code of the synthesis", required=True),
            _count("round", "round it was collected in", required=True),
            _moment("collected_at", "when it was collected"),
            _number("hexane_ml", "ml", "hexane it was taken up in"),
            _text("filter", "filter it went through"),
            _number("volume_ml", "ml", "volume"),
            _number("size_class_nm", "nm", "size class a person assigned"),
        )),
        TableShape("vials", "vials a fraction was dispensed into", ("code",), (
            _code("code", "the vial's code, such as NC-024-F2-b", required=True),
            _code("fraction", "code of the fraction", required=True),
            _text("arm", "what it is kept for: fridge, freezer, bench or working"),
            _number("volume_ml", "ml", "volume; empty when not recorded"),
            _text("solvent", "solvent"),
            _moment("filled_at", "when it was filled", required=True),
            _code("sibling", "code of the vial it is compared with"),
            _choice("status", ("in use", "empty", "discarded"), "how it stands"),
            _moment("ended_at", "when it was discarded or emptied"),
            _text("reason", "why it was discarded"),
        )),
        TableShape("specimens", "films, grids, cuvettes and diamond-anvil loads", ("code",), (
            _code("code", "the specimen's code, such as NC-024-F2-FL1", required=True),
            _choice("kind", ("film", "XRD film", "TEM grid", "cuvette", "diamond-anvil load"), "kind", required=True),
            _code("source_vial", "code of the vial it was made from", required=True),
            _text("substrate", "substrate, cuvette or anvils"),
            _moment("made_at", "when it was made", required=True),
            OPERATOR,
            _text("detail", "how it was made"),
            _number("culet_mm", "mm", "culet of the anvils"),
        )),
        TableShape("uses", "amounts taken from a bottle, batch or vial", (), (
            _moment("at", "when", required=True),
            _code("source", "code of what was used", required=True),
            Column("amount", "amount", "amount taken; empty when not recorded"),
            _choice("unit", AMOUNT_UNITS, "unit of the amount", required=True),
            _text("target", "code of what it went into, or words when that is no record"),
            _text("purpose", "what for"),
            OPERATOR,
        )),
    )
}  # fmt: skip

# Tables of the same layout whose rooms are not built yet; their lines are named, not lost in silence.
NOT_YET = {
    "places": "places with temperature limits",
    "stays": "stays in places",
    "place_events": "events of places",
    "inspections": "looks at vials",
    "instrument_settings": "settings of instruments",
}
