"""Rungs in words: pressure, temperature, age, the way they were reached, and which of a set it is."""

import re
from dataclasses import dataclass, fields
from decimal import Decimal

from measurements.techniques import Along, Branch

# A letter before the number makes it part of a word: F2 is no 2 K. A dash before it separates; only − is a sign.
NUMBER = r"(?<![A-Za-z0-9])(?<!\d[.,])(−?\d+(?:[.,p]\d+)?)[ _]*"
END = r"(?![A-Za-z0-9])"
PRESSURE = re.compile(NUMBER + r"(gpa|kbar|mpa)" + END, re.IGNORECASE)
TEMPERATURE = re.compile(NUMBER + r"(kelvin|k|°c|degc)" + END, re.IGNORECASE)
AGE = re.compile(NUMBER + r"(d|days?|tage?|w|wk|weeks?|months?)" + END, re.IGNORECASE)
OTHER = re.compile(NUMBER + r"(ns|ps|us|µs|ms|s|min|nm|mw|µw|uw|hz|khz|mhz|x|ml|µl|ul|mm|um|µm)" + END, re.IGNORECASE)
SPOT = re.compile(r"(?<![a-z])(spot|chip|pos|point)[ _.-]*(\d+)" + END, re.IGNORECASE)
COPY = re.compile(r"(?<![a-z])(copy of|copy|kopie)(?![a-z])", re.IGNORECASE)
MARKED_NUMBER = re.compile(r"\((\d{1,3})\)|#\s*(\d{1,3})")
LAST_NUMBER = re.compile(r"(?<![A-Za-z0-9.,])0*(\d{1,3})\s*$")
GPA_OF = {"gpa": Decimal(1), "kbar": Decimal("0.1"), "mpa": Decimal("0.001")}
DAYS_OF = {"d": 1, "t": 1, "w": 7, "m": 30}
# What a column holds: nothing larger is meant by a name.
MOST = {"pressure_gpa": Decimal(9999), "temperature_k": Decimal(9999), "age_days": Decimal(99_999)}
PLACES = Decimal("0.0001")
ZERO_CELSIUS_K = Decimal("273.15")
BRANCHES = {
    "release": Branch.RELEASE, "released": Branch.RELEASE, "decompression": Branch.RELEASE, "unloading": Branch.RELEASE,
    "compression": Branch.COMPRESSION, "cooling": Branch.COOLING, "warming": Branch.WARMING, "heating": Branch.WARMING,
}  # fmt: skip
PARTS = {
    "before": "before", "vor": "before", "after": "after", "nach": "after", "direct": "direct", "in": "direct",
    "indirect": "indirect", "out": "indirect", "empty": "empty", "leer": "empty",
}  # fmt: skip
# Words that say nothing without their neighbours: "in" and "out" mean the sphere only beside PLQY.
ONLY_IN_SPHERE = frozenset({"in", "out"})
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Rung:
    """Where on its ladders a recording stands, as far as a text says."""

    pressure_gpa: Decimal | None = None
    temperature_k: Decimal | None = None
    age_days: Decimal | None = None
    branch: str = ""
    part: str = ""
    spot: str = ""
    replicate: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether the text says nothing of it."""
        return all(getattr(self, one.name) in {None, ""} for one in fields(self))

    def over(self, other: "Rung") -> "Rung":
        """Return this with the gaps filled from another."""
        mine = {one.name: getattr(self, one.name) for one in fields(self)}
        return Rung(**{name: getattr(other, name) if value in {None, ""} else value for name, value in mine.items()})


@dataclass(frozen=True, slots=True)
class FoundRung:
    """A rung in a text, what of the text is left, and whether the text calls itself a copy."""

    rung: Rung
    rest: str
    is_copy: bool = False


def rung_in(text: str, *, is_sphere: bool = False, has_code: bool = True) -> FoundRung:
    """Return the rung that a text without codes names, such as "ruby 0.13GPa before (2)".

    A bare number at the end counts repeats behind a code; in "scan 005" it counts the files of a day.
    """
    pressure, text = taken(PRESSURE, text)
    temperature, text = taken(TEMPERATURE, text)
    age, text = taken(AGE, text)
    text = OTHER.sub(" ", text)
    spot, text = taken(SPOT, text)
    copy, text = taken(COPY, text)
    marked, text = taken(MARKED_NUMBER, text)
    last, _ = taken(LAST_NUMBER, text) if has_code else (None, text)
    number = (marked[1] or marked[2]) if marked else last[1] if last else None
    branch, part = ways_in(text, is_sphere=is_sphere)
    rung = Rung(
        pressure_gpa=bounded("pressure_gpa", gpa_of(pressure)) if pressure else None,
        temperature_k=bounded("temperature_k", kelvin_of(temperature)) if temperature else None,
        age_days=bounded("age_days", days_of(age)) if age else None,
        branch=branch,
        part=part,
        spot=f"{spot[1].lower()} {int(spot[2])}" if spot else "",
        replicate=int(number) or None if number else None,
    )
    return FoundRung(rung, text, is_copy=copy is not None)


def taken(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """Return the first match and the text without it."""
    found = pattern.search(text)
    return (found, f"{text[: found.start()]} {text[found.end() :]}") if found else (None, text)


def decimal_of(text: str) -> Decimal:
    """Return a number as file names write it: 1.27, 1,27 or 1p27."""
    return Decimal(text.replace(",", ".").replace("p", ".").replace("−", "-"))


def bounded(column: str, value: Decimal) -> Decimal | None:
    """Return a number as its column holds it, or nothing for one that no instrument reaches."""
    return value.quantize(PLACES).normalize() + 0 if 0 <= value <= MOST[column] else None


def gpa_of(found: re.Match[str]) -> Decimal:
    """Return a pressure in GPa."""
    return decimal_of(found[1]) * GPA_OF[found[2].lower()]


def days_of(found: re.Match[str]) -> Decimal:
    """Return an age in days."""
    return decimal_of(found[1]) * DAYS_OF[found[2][0].lower()]


def kelvin_of(found: re.Match[str]) -> Decimal:
    """Return a temperature in kelvin."""
    value = decimal_of(found[1])
    return value if found[2].lower().startswith("k") else value + ZERO_CELSIUS_K


def ways_in(text: str, *, is_sphere: bool) -> tuple[str, str]:
    """Return branch and part; "after release" is a branch alone, "release after" is both."""
    words = [word.lower() for word in WORD.findall(text)]
    words = [word for word in words if is_sphere or word not in ONLY_IN_SPHERE]
    branch = next((BRANCHES[word] for word in words if word in BRANCHES), "")
    parts = [
        PARTS[word]
        for at, word in enumerate(words)
        if word in PARTS and not (word == "after" and BRANCHES.get("".join(words[at + 1 : at + 2])) == Branch.RELEASE)
    ]
    return branch, parts[-1] if parts else ""


def said(rung: Rung) -> str:
    """Return a rung in the words that `rung_in` reads."""
    numbers = ((rung.pressure_gpa, "GPa"), (rung.temperature_k, "K"), (rung.age_days, "d"))
    words = [f"{number.normalize():f} {unit}" for number, unit in numbers if number is not None]
    words += [word for word in (rung.branch, rung.part, rung.spot) if word]
    if rung.replicate and rung.replicate > 1:
        words.append(f"#{rung.replicate}")
    return " ".join(words)


def along_of(rung: Rung, *, is_load: bool) -> Along | None:
    """Return the ladder that a rung is a step of; a load's runs along pressure whatever else is said."""
    if rung.pressure_gpa is not None:
        return Along.PRESSURE
    if rung.age_days is not None and not is_load:
        return Along.AGE
    return Along.TEMPERATURE if rung.temperature_k is not None and not is_load else None
