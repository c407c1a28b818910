"""Work made of files alone, without a database: each file is read and takes the next input of the method."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.methods.contract import WARNING, Input, Method, Points, Signal, Takes, Work
from analysis.methods.units import axis_unit
from analysis.physics.refusing import CannotAnalyse
from analysis.point_table import points_of_table
from measurements.matching.rungs import rung_in
from measurements.readers.parts.loud import loud
from measurements.reading.sandbox import read_file

if TYPE_CHECKING:
    from measurements.readers.recording import Channel, Recording

READ_SECONDS = 120.0
MAIN = ("signal", "image")
TABLE = "plain_table"
# What a refusal of a whole file ends with; it tells nothing.
NOWHERE = " (byte 0)"
FROM_NAME = ("pressure_gpa", "temperature_k", "age_days", "branch", "part")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """One file as it was read; `role` is what the person says it is, empty when the order decides."""

    path: Path
    role: str
    reader: str
    sha256: str
    recordings: "tuple[Recording, ...]"


def read_argument(argument: str, roles: Iterable[str]) -> ReadFile:
    """Return a file named as PATH or ROLE=PATH; raises CannotAnalyse for one that cannot be read."""
    known = list(roles)
    role, mark, rest = argument.partition("=")
    named = bool(mark) and role in known
    path = Path(rest if named else argument)
    if mark and not named and not path.exists():
        raise CannotAnalyse(f"There is no input {role}; write ROLE=FILE with one of {', '.join(known) or 'none'}.")
    reading = read_file(path, seconds=READ_SECONDS)
    if reading.refused is not None:
        raise CannotAnalyse(f"{path.name} is not read: {reading.refused.removesuffix(NOWHERE)}.")
    digest = sha256(path.read_bytes()).hexdigest()
    return ReadFile(path, role if named else "", f"{reading.reader} {reading.version}", digest, reading.recordings)


def work_from(method: Method, files: Sequence[ReadFile], settings: Mapping[str, Any], *, seed: int = 0) -> Work:
    """Return the work of a method on files; raises CannotAnalyse when there are more files than it takes."""
    signals: dict[str, tuple[Signal, ...]] = {}
    points: dict[str, Points] = {}
    for one, several in shared_out(method, files):
        if one.takes == Takes.POINTS:
            points[one.role] = points_in(several[0], one)
        else:
            signals[one.role] = tuple(signal for file in several for signal in signals_in(file, one))
    return Work(signals, points, {**told_by_files(method, signals, settings), **settings}, seed)


def shared_out(method: Method, files: Sequence[ReadFile]) -> list[tuple[Input, list[ReadFile]]]:
    """Return which files fill which input: by what the person says, by the part in a name, else in order."""
    roles = {one.role for one in method.inputs}
    left: list[ReadFile] = []
    found: dict[str, list[ReadFile]] = {}
    for file in files:
        role = file.role or part_in_name(file, roles)
        (found.setdefault(role, []) if role else left).append(file)
    for one in method.inputs:
        if one.role in found or not left:
            continue
        found[one.role] = left[:] if one.is_many else [left[0]]
        left = [] if one.is_many else left[1:]
    if left:
        takes = ", ".join(one.role for one in method.inputs) or "no file"
        raise CannotAnalyse(f"{method.title} does not know what to do with {left[0].path.name}; it takes {takes}.")
    return [(one, found[one.role]) for one in method.inputs if one.role in found]


def part_in_name(file: ReadFile, roles: set[str]) -> str:
    """Return the part that a file's name says it plays, when the method has such an input."""
    part = rung_in(file.path.stem.replace("_", " "), is_sphere=True).rung.part
    return part if part in roles else ""


def signals_in(file: ReadFile, one: Input) -> list[Signal]:
    """Return the main channel of each recording of a file, or of the first where one is meant."""
    told = [signal for recording in file.recordings if (signal := signal_of(recording, file)) is not None]
    if not told:
        raise CannotAnalyse(f"There is no curve in {file.path.name}.")
    return told if one.is_many else told[:1]


def signal_of(recording: "Recording", file: ReadFile) -> Signal | None:
    """Return a recording as a method sees it, with the conditions its name and its header state."""
    main = next((one for one in recording.channels if one.role in MAIN), next(iter(recording.channels), None))
    if main is None:
        return None
    settings = {**stated_in_name(file.path), **recording.settings}
    if said := loud(recording.cautions):
        settings[WARNING] = said
    others = tuple(channel_of(one, recording, {}, (), file) for one in recording.channels if one is not main)
    return channel_of(main, recording, settings, others, file)


def channel_of(
    channel: "Channel", recording: "Recording", settings: Mapping[str, Any], others: tuple[Signal, ...], file: ReadFile
) -> Signal:
    """Return one channel of a recording as methods see it."""
    x = channel.axes[-1]
    rows = channel.axes[0] if len(channel.axes) == 2 else None
    return Signal(
        values=channel.values.astype(float), unit=channel.unit, x=x.values.astype(float),
        x_unit=axis_unit(x.unit, x.name), x_name=x.name, rows=None if rows is None else rows.values.astype(float),
        rows_unit="" if rows is None else axis_unit(rows.unit, rows.name), rows_name="" if rows is None else rows.name,
        name=channel.name, role=str(channel.role), technique=str(recording.technique), label=file.path.name,
        settings=settings, others=others, sha256=file.sha256,
    )  # fmt: skip


def stated_in_name(path: Path) -> dict[str, Any]:
    """Return the conditions that a file's name states, such as 100 K or 0.13 GPa."""
    rung = rung_in(path.stem.replace("_", " ")).rung
    told = {name: getattr(rung, name) for name in FROM_NAME}
    return {name: str(value) if isinstance(value, str) else float(value) for name, value in told.items() if value}


def told_by_files(method: Method, signals: Mapping[str, Sequence[Signal]], stated: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that the first recording states and nobody else does."""
    first = next((several[0] for several in signals.values() if several), None)
    if first is None:
        return {}
    told = {}
    for setting in method.settings:
        names = [
            name for name in (setting.name, *setting.from_conditions) if first.settings.get(name) not in (None, "")
        ]
        if names and setting.name not in stated:
            told[setting.name] = first.settings[names[0]]
    return told


def points_in(file: ReadFile, one: Input) -> Points:
    """Return the points of a table, also where its columns look like what an instrument writes."""
    reading = None if file.reader.startswith(TABLE) else read_file(file.path, reader_key=TABLE, seconds=READ_SECONDS)
    is_table = reading is not None and reading.refused is None
    recordings = reading.recordings if reading is not None and is_table else file.recordings
    return points_of_table(recordings[0], f"{file.path.name} is no table for {one.label}")
