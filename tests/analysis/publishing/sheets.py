"""Tables that the tests of every export share."""

from analysis.publishing.rounding import Number
from analysis.publishing.sheet import Cell, Column, Footnote, TableSheet


def lifetimes() -> TableSheet:
    """Return two rungs with two lifetimes, one of them missing, marked and stale."""
    columns = (
        Column("pressure", "Pressure", "P", "GPa", is_exact=True),
        Column("tau1", "Lifetime 1", "τ₁", "ns", marks=("a",)),
        Column("A_TE", "Thermal expansion", "A_TE", "eV/K"),
        Column("note", "Note", is_text=True),
    )
    rows = (
        (
            Cell(Number(0.0)),
            Cell(Number(2.3094, 0.0321), fit_id=7),
            Cell(Number(1.97e-4, 7.8e-5), fit_id=9),
            Cell(text="50 ns"),
        ),
        (
            Cell(Number(0.13)),
            Cell(Number(-2.2785, 0.1148, low=-2.4, high=-2.2), fit_id=8, is_stale=True, marks=("b",)),
            Cell(Number(None)),
            Cell(text="=SUM(A1) & 5 % of {all}_x"),
        ),
    )
    notes = (Footnote("bi-exponential", "a"), Footnote("sums to 1.05", "b"), Footnote("ħω fixed from FWHM fit"))
    return TableSheet("Table S2. Lifetimes of NC-024", columns, rows, notes, (("sample", "NC-024"),)).rounded()


def empty() -> TableSheet:
    """Return a table without rows."""
    return TableSheet("Nothing", (Column("tau1", "Lifetime 1", "τ₁", "ns"),), ())
