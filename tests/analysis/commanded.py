"""Runs the command that analyses files, on files made here, and reads its one line."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management import call_command

SPECTRUM_NM = np.arange(600.0, 780.0)
GOOD_DECAY = ("--set", "irf=none")
RUBY = ("--set", "lambda0_nm=694.24", "--set", "scale=Mao1986")


def analysed(*words: str | Path) -> dict[str, Any]:
    """Return what the command prints, and see that it is one line and that the exit code tells of a refusal."""
    printed, code = io.StringIO(), 0
    try:
        call_command("analyse", *(str(word) for word in words), stdout=printed)
    except SystemExit as stopped:
        code = int(str(stopped.code))
    lines = printed.getvalue().splitlines()
    assert len(lines) == 1
    told: dict[str, Any] = json.loads(lines[0])
    assert code == (1 if told["refused"] else 0)
    assert told["refused"] or told["results"] or told["method"] == "pattern_simulation"
    return told


def value(told: dict[str, Any], name: str) -> float:
    """Return one number."""
    found: float = next(one["value"] for one in told["results"] if one["name"] == name)
    return found


def table(path: Path, head: str, *columns: Any) -> Path:
    """Write a table and return its file."""
    rows = zip(*columns, strict=True)
    path.write_text("\n".join([head, *(",".join(f"{cell:.8g}" for cell in row) for row in rows)]) + "\n")
    return path


def line_counts(height: float = 20_000.0) -> Any:
    """Return counts of a PL line at 1.8 eV over a background of 20."""
    energies = 1239.841984 / SPECTRUM_NM
    mean = height * np.exp(-0.5 * ((energies - 1.8) / 0.04) ** 2) + 20
    return np.random.default_rng(1).poisson(mean).astype(float)


def spectrum(folder: Path, counts: Any, head: str = "wavelength_nm,counts") -> Path:
    """Write a spectrum and return its file."""
    return table(folder / "spectrum.csv", head, SPECTRUM_NM[: len(counts)], counts)


def decay(folder: Path, counts: Any = None, head: str = "t_ns,counts", name: str = "decay.csv") -> Path:
    """Write a bi-exponential decay over 50 ns and return its file."""
    times = np.arange(0.05, 50.0, 0.1)
    mean = 20_000 * (0.65 * np.exp(-times / 2.3) + 0.4 * np.exp(-times / 8.2)) + 20
    drawn = np.random.default_rng(2).poisson(mean).astype(float)
    return table(folder / name, head, times, drawn if counts is None else counts(drawn, times))


def ladder(folder: Path, head: str = "pressure_GPa,energy_eV,energy_stderr_eV", scale: float = 1.0) -> Path:
    """Write peaks that turn round at 0.5 GPa and return the file."""
    pressures = np.array([0.0, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0, 1.3, 1.7, 2.0])
    energies = 1.85 - 0.042 * pressures + 0.058 * np.maximum(pressures - 0.5, 0)
    energies += np.random.default_rng(3).normal(0, 3e-4, 10)
    return table(folder / "ladder.csv", head, pressures * scale, energies, np.full(10, 3e-4))
