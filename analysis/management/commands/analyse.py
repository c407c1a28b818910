"""Runs a method on files and prints one JSON line; nothing is stored and no database is asked."""

import json
import math
import sys
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandParser

from analysis.methods.contract import Method, Outcome, Setting
from analysis.methods.table import METHODS
from analysis.physics.refusing import CannotAnalyse

if TYPE_CHECKING:
    from analysis.from_files import ReadFile


WITH_VALUE = ("--set", "--seed", "--settings", "--pythonpath", "--verbosity", "-v")


class Command(BaseCommand):
    """`manage.py analyse METHOD FILE… [--set name=value]`, or `manage.py analyse --list`."""

    help = "Run a method on files, given in the order of its inputs or as ROLE=FILE, and print one JSON line."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("method", nargs="?", help="a method; --list shows them")
        parser.add_argument("files", nargs="*", metavar="FILE", help="a file, or ROLE=FILE")
        parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="state a setting")
        parser.add_argument("--seed", type=int, default=0, help="seed of what is drawn by chance")
        parser.add_argument("--list", action="store_true", help="print the table of methods")
        parser.add_argument("--json", action="store_true", help="print that table as JSON lines")

    def run_from_argv(self, argv: list[str]) -> None:
        """Take settings between the files too."""
        super().run_from_argv(files_first(argv))

    def handle(self, *_args: Any, method: str | None, files: list[str], seed: int, **options: Any) -> None:
        if options["list"] or method is None:
            for row in METHODS.values():
                self.stdout.write(json.dumps(row_told(row)) if options["json"] else row_in_words(row))
            return
        read, outcome = outcome_of(method, files, options["set"], seed)
        self.stdout.write(json.dumps(told_of(method, read, outcome), allow_nan=False, default=str))
        if outcome.refused:
            sys.exit(1)


def files_first(argv: list[str]) -> list[str]:
    """Return the words of a command line with its options, and the values of those that have one, at the end."""
    files, options = argv[:2], list[str]()
    words = iter(argv[2:])
    for word in words:
        is_option = word.startswith("-")
        (options if is_option else files).append(word)
        if word in WITH_VALUE:
            options.extend(islice(words, 1))
    return [*files, *options]


def stated(words: list[str]) -> dict[str, str]:
    """Return the settings of `--set name=value`."""
    pairs = [one.partition("=") for one in words]
    unclear = next((name for name, mark, _ in pairs if not mark or not name), None)
    if unclear is not None:
        raise CannotAnalyse(f"Write --set name=value, not --set {unclear}.")
    return {name: value for name, _, value in pairs}


def outcome_of(name: str, files: list[str], words: list[str], seed: int) -> "tuple[list[ReadFile], Outcome]":
    """Read the files and run the method; what cannot be understood, read or analysed is a refusal."""
    from analysis.from_files import read_argument, work_from
    from analysis.methods.running import run_method

    read: list[ReadFile] = []
    try:
        method, settings = method_called(name), stated(words)
        roles = [one.role for one in method.inputs]
        read = [read_argument(one, roles) for one in files]
        work = work_from(method, read, settings, seed=seed)
    except CannotAnalyse as reason:
        return read, Outcome(refused=str(reason))
    return read, run_method(name, work)


def method_called(name: str) -> Method:
    """Return a method; raises CannotAnalyse for one that there is not."""
    if name not in METHODS:
        near = "".join(f" Is {one} meant?" for one in get_close_matches(name, METHODS, n=1))
        raise CannotAnalyse(f"There is no method {name}; --list shows all.{near}")
    return METHODS[name]


def told_of(name: str, read: "list[ReadFile]", outcome: Outcome) -> dict[str, Any]:
    """Return what is printed: results, statistics and flags; a number that is not finite is null."""
    return {
        "method": name,
        "version": METHODS[name].version if name in METHODS else None,
        "files": [file_told(one) for one in read],
        "results": [
            {
                "name": one.name, "value": finite(one.value), "stderr": finite(one.stderr), "unit": one.unit,
                "low": finite(one.low), "high": finite(one.high), "note": one.note,
            }
            for one in outcome.results
        ],
        "parameters": [
            {"name": one.name, "value": finite(one.value), "stderr": finite(one.stderr), "unit": one.unit}
            for one in outcome.parameters
        ],
        "statistics": {name: finite(value) for name, value in outcome.statistics.items()},
        "flags": [one.code for one in outcome.flags],
        "grave": [one.code for one in outcome.flags if one.is_grave],
        "says": " ".join([outcome.says, *(one.text for one in outcome.flags)]).strip(),
        "refused": outcome.refused or None,
    }  # fmt: skip


def file_told(file: "ReadFile") -> dict[str, Any]:
    """Return which file was read, by what, and what its reader said of it."""
    cautions = [str(caution) for recording in file.recordings for caution in recording.cautions]
    return {"file": file.path.name, "reader": file.reader, "sha256": file.sha256, "cautions": cautions}


def finite(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def row_told(method: Method) -> dict[str, Any]:
    """Return a method's row as JSON."""
    return {
        "method": method.name,
        "title": method.title,
        "version": method.version,
        "techniques": list(method.techniques),
        "inputs": [{"role": one.role, "takes": one.takes, "is_needed": one.is_needed} for one in method.inputs],
        "settings": [setting_told(one) for one in method.settings],
        "results": list(method.results),
    }


def setting_told(setting: Setting) -> dict[str, Any]:
    """Return a setting's row as JSON."""
    return {
        "name": setting.name, "unit": setting.unit, "default": setting.default, "is_needed": setting.is_needed,
        "choices": list(setting.choices), "lower": finite(setting.lower), "upper": finite(setting.upper),
    }  # fmt: skip


def row_in_words(method: Method) -> str:
    """Return a method's row for a terminal."""
    inputs = " ".join(one.role if one.is_needed else f"[{one.role}]" for one in method.inputs)
    lines = [f"{method.name} {inputs}".rstrip(), f"    {method.title}, version {method.version}"]
    lines += [f"    --set {setting_in_words(one)}" for one in method.settings]
    return "\n".join([*lines, f"    tells {', '.join(method.results)}"])


def setting_in_words(setting: Setting) -> str:
    """Return a setting with its choices, unit and default."""
    value = "|".join(setting.choices) or setting.unit or "…"
    default = "needed" if setting.is_needed and setting.default is None else f"default {setting.default}"
    return f"{setting.name}={value}  ({default}) {setting.label}"
