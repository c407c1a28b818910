"""The lock files: every package pinned and hashed, the same in both lists, and no download host recorded."""

import json
import re
from pathlib import Path

LISTS = ("requirements-uv.txt", "requirements-node.txt", "requirements.txt", "requirements-dev.txt")
ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """Return package → version of a hashed list."""
    return dict(PIN.findall((ROOT / name).read_text()))


def test_what_runs_is_what_is_tested() -> None:
    running, testing = pins("requirements.txt"), pins("requirements-dev.txt")

    assert {name: testing.get(name) for name in running} == running


def test_every_pin_is_hashed() -> None:
    for name in LISTS:
        entries = [entry for entry in re.split(r"\n(?=\S)", (ROOT / name).read_text()) if "==" in entry]

        pinned = [entry for entry in entries if not entry.startswith("#")]

        assert pinned
        assert [entry.split()[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def test_no_lock_file_names_a_host() -> None:
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    for name in LISTS:
        assert "://" not in (ROOT / name).read_text(), name
    assert [name for name, package in locked.items() if "resolved" in package] == []


def test_front_end_packages_are_pinned_exactly() -> None:
    asked = json.loads((ROOT / "package.json").read_text())
    versions = {**asked.get("dependencies", {}), **asked.get("devDependencies", {})}

    assert [name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
