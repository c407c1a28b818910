"""Walks a journey once and measures it against its budget."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error

from tests.browser.person import Person
from tests.browser.profiles import Profile

BUDGETS: dict[str, dict[str, int]] = json.loads((Path(__file__).resolve().parents[1] / "ux_budgets.json").read_text())


@dataclass(frozen=True, slots=True)
class Journey:
    """A walk, which starts signed in on Today and ends saved and seen again after a reload."""

    walk: Callable[[Person], None]
    profiles: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one walk took, beside what it may take, and what went wrong on the way."""

    journey: str
    profile: str
    interactions: int
    keystrokes: int
    budget: int
    keystrokes_budget: int
    axe_serious: int
    seconds: float
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Say whether the walk came to its end within its budget and nothing went wrong."""
        in_budget = self.interactions <= self.budget and self.keystrokes <= self.keystrokes_budget
        return in_budget and not self.problems

    def as_json(self) -> str:
        """Return one line of JSON."""
        return json.dumps(asdict(self) | {"holds": self.holds}, ensure_ascii=False)


def measure(name: str, journey: Journey, profile: Profile, browser: Browser, address: str, session: Path) -> Measured:
    """Walk a journey in a profile; a walk that breaks off is measured as far as it came."""
    person = Person(browser, profile, address, session)
    problems: list[str] = []
    started = time.monotonic()
    try:
        person.go("/")
        journey.walk(person)
        person.finish()
    except (AssertionError, Error) as problem:
        problems.append(f"at {person.page.url}: {problem}")
    finally:
        person.close()
    budget = BUDGETS[name]
    return Measured(
        journey=name,
        profile=profile.name,
        interactions=person.interactions,
        keystrokes=person.keystrokes,
        budget=budget["interactions"],
        keystrokes_budget=budget["keystrokes"],
        axe_serious=len(person.violations),
        seconds=round(time.monotonic() - started, 1),
        problems=(*problems, *person.violations),
    )
