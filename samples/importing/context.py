"""What the writing of an import carries along: the journal, the rows by what they belong to, and what was created."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from zoneinfo import ZoneInfo

from labbook.errors import Refusal
from labbook.journal import Journal
from samples.importing.cells import Amount, Record
from samples.importing.problems import Problem
from samples.kinds import ProcessKind, Unit
from samples.models import Place, RecipeVersion, Sample, Synthesis
from samples.recipes.contents import RecipeContent
from samples.recipes.reading import read_content
from samples.services.ledger import said


@dataclass(slots=True)
class Writing:
    """One import while it is written."""

    journal: Journal
    created: Counter[str] = field(default_factory=Counter)
    warnings: list[Problem] = field(default_factory=list)
    rows: dict[str, list[Record]] = field(default_factory=dict)
    uses: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    claimed: set[int] = field(default_factory=set)
    recipes: dict[str, RecipeVersion] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    # Rows by table and column and what the column says, so that no row is looked for in a whole table.
    by_column: dict[tuple[str, str], dict[str, list[Record]]] = field(default_factory=dict)
    contents: dict[int, RecipeContent] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """Return the lab's time zone."""
        return ZoneInfo(self.journal.lab.time_zone)

    def of(self, table: str, column: str, code: str) -> list[Record]:
        """Return the new rows of a table that name a code in a column."""
        if (table, column) not in self.by_column:
            found: dict[str, list[Record]] = defaultdict(list)
            for record in self.rows.get(table, []):
                found[record.text(column)].append(record)
            self.by_column[table, column] = found
        return self.by_column[table, column].get(code, [])

    def sample(self, code: str) -> Sample:
        """Return a sample of the lab by its code."""
        return Sample.objects.in_lab(self.journal.lab).select_related("bottle", "fraction").get(code=code)

    def synthesis(self, code: str) -> Synthesis:
        """Return a synthesis of the lab by its code."""
        return Synthesis.objects.in_lab(self.journal.lab).get(code=code)

    def claim(self, target: str, *, source: str = "", purpose: str = "") -> list[Record]:
        """Take the uses that went into a target, so that no one else writes them again."""
        found = [
            use
            for use in self.uses.get(target, [])
            if id(use) not in self.claimed
            and (not source or use.text("source") == source)
            and (not purpose or use.text("purpose").casefold() == purpose)
        ]
        self.claimed.update(id(use) for use in found)
        return found

    def warn(self, record: Record, message: str, column: str | None = None) -> None:
        """Note something that was written all the same."""
        self.warnings.append(record.problem(message, column))

    def recipe(self, kind: ProcessKind) -> RecipeVersion | None:
        """Return the newest version of the lab's recipe of a kind that has only one."""
        return self.recipes.get(kind)

    def content(self, recipe: RecipeVersion | None) -> RecipeContent | None:
        """Return what a recipe says, read once."""
        if recipe is None:
            return None
        if recipe.pk not in self.contents:
            self.contents[recipe.pk] = read_content(recipe.content)
        return self.contents[recipe.pk]


def use_amount(record: Record, sample: Sample) -> Decimal | None:
    """Return the amount of a use in its sample's unit; a mass of a liquid needs the bottle's density.

    Raises Refusal at the amount when it cannot be crossed.
    """
    return in_unit_of(record.amount("amount"), sample)


def in_unit_of(amount: Amount | None, sample: Sample) -> Decimal | None:
    """Return an amount in the unit of a sample."""
    if amount is None or amount.unit == sample.unit:
        return None if amount is None else amount.value
    density = sample.bottle.density_g_per_ml if hasattr(sample, "bottle") else None
    if not density or Unit.PIECE in (amount.unit, sample.unit):
        raise Refusal(
            f"{sample.code} is counted in {Unit(sample.unit).label}; "
            f"{said(amount.value, amount.unit)} of it needs the density of its bottle",
            field="amount",
        )
    # mg and µl: the density in g/ml is also in mg/µl.
    return amount.value / density if amount.unit == Unit.MG.value else amount.value * density


def shortfall(sample: Sample, amount: Decimal | None) -> Decimal | None:
    """Return what has to be recounted for an amount to be there, or nothing when the book has it."""
    if amount is None or sample.balance is None or amount <= sample.balance:
        return None
    return amount


def same(one: Decimal | None, other: Decimal | None) -> bool:
    """Say whether two recorded amounts agree; one that is missing agrees with anything."""
    return one is None or other is None or one == other
