"""The answer key of the campaign as the tests of matching read it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from measurements.matching.proposal import Proposal

# The key's words for what was measured → ours.
TECHNIQUES = {
    "PL pressure": "PL", "PL storage": "PL", "PL temperature": "PL", "PLQY storage": "PLQY", "IRF": "TRPL",
    "absorbance storage": "absorbance", "absorbance temperature": "absorbance",
}  # fmt: skip
# A ruby of before and after a rung lies beside its nominal pressure.
RUBY_GPA = 0.03


@dataclass(frozen=True, slots=True)
class Answer:
    """One file of the key."""

    file: str
    code: str
    technique: str
    pressure_gpa: str
    temperature_k: str
    age_days: str
    is_read: bool
    is_good: bool

    @property
    def read_technique(self) -> str:
        """What a reader says of it: a spectrum in a sphere looks like any PL."""
        return ("PL" if self.technique == "PLQY" else self.technique) if self.is_read else ""

    def fits(self, code: str, found: Proposal) -> bool:
        """Say whether a proposal is what the key says; 295 K is the room and stands in no name."""
        near = self.pressure_gpa == "" or abs(float(found.rung.pressure_gpa or 0) - float(self.pressure_gpa)) < RUBY_GPA
        cold = self.temperature_k in {"", "295"} or found.rung.temperature_k == int(self.temperature_k)
        old = self.age_days in {"", "0"} or found.rung.age_days == int(self.age_days)
        return (code, found.technique) == (self.code, self.technique) and near and cold and old


def answers(campaign: Path) -> Iterator[Answer]:
    """Yield the files of the answer key; what it calls junk was not read or is not what its name says."""
    with (campaign / "manifest.csv").open(newline="") as rows:
        for row in csv.DictReader(rows):
            is_junk = row["technique"] in {"junk", "image sidecar"}
            yield Answer(
                file=row["file"],
                code=row["sample_code"],
                technique=TECHNIQUES.get(row["technique"], row["technique"]),
                pressure_gpa=row["pressure_GPa"],
                temperature_k=row["temperature_K"],
                age_days=row["age_d"],
                is_read=row["parseable"] == "yes" and not is_junk,
                is_good=not is_junk and " or " not in row["file"],
            )


def known_codes(campaign: Path) -> list[str]:
    """Return the codes of the campaign's samples."""
    tables = ("syntheses.csv", "fractions.csv", "vials.csv", "specimens.csv")
    found = []
    for name in tables:
        with (campaign / "records" / name).open(newline="") as rows:
            found += [row["code"] for row in csv.DictReader(rows)]
    return found
