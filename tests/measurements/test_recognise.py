"""`manage.py recognise`: one JSON line per file, without a database."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
KEYS = ["file", "reader", "technique", "refused", "channels", "instrument", "measured_at", "settings", "warnings"]
CHANNEL_KEYS = ["name", "unit", "points", "shape", "x_unit", "x_first", "x_last", "y_min", "y_max"]


def recognised(capsys: pytest.CaptureFixture[str], *paths: Path, **options: Any) -> tuple[list[dict[str, Any]], int]:
    """Return what the command printed and how it ended."""
    status = 0
    try:
        call_command("recognise", *map(str, paths), **options)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()], status


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_a_file_that_was_read_is_one_line_with_every_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "table.csv", "Wavelength (nm),Signal (cps)\n401.5,3\n400.5,7\n399.5,nan\n")

    (line,), status = recognised(capsys, path)

    assert status == 0
    assert list(line) == KEYS
    assert (line["file"], line["reader"], line["technique"], line["refused"]) == (
        str(path),
        "plain_table",
        "table",
        None,
    )
    assert [list(channel) for channel in line["channels"]] == [CHANNEL_KEYS]
    assert list(line["channels"][0].values()) == ["Signal", "counts/s", 3, [3], "nm", 399.5, 401.5, 3.0, 7.0]
    assert "Wavelength runs downwards in the file and was turned" in line["warnings"]


def test_one_refused_file_makes_the_command_fail_and_the_others_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = written(tmp_path / "a.csv", "x,y\n1.5,2\n2.5,3\n")
    bad = written(tmp_path / "b.csv", "x,y\n1.5,2\n2.5,off\n3.5,4\n4.5,4\n")

    lines, status = recognised(capsys, bad, good, tmp_path / "missing.raw")

    assert status == 1
    assert [line["refused"] for line in lines] == [
        "“off” is not a number (line 3)", None, "There is no such file (byte 0)",
    ]  # fmt: skip
    assert [line["channels"] == [] for line in lines] == [True, False, True]


def test_a_folder_is_walked_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["b/one.csv", "a/two.csv", "a/deep/three.csv"]
    for name in names:
        written(tmp_path / name, "x,y\n1.5,2\n2.5,3\n")

    lines, status = recognised(capsys, tmp_path)

    assert status == 0
    assert [line["file"] for line in lines] == [str(tmp_path / name) for name in sorted(names)]


def test_a_reader_can_be_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path / "a.csv", "x,y\n1.5,2\n2.5,3\n")

    lines, status = recognised(capsys, path, reader="bruker_raw")

    assert (lines[0]["reader"], status) == ("bruker_raw", 1)


def test_it_runs_without_a_database_and_never_waits_on_a_pipe(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "x,y\n1.5,2\n2.5,3\n")
    os.mkfifo(tmp_path / "pipe")

    ended = subprocess.run(
        [sys.executable, "manage.py", "recognise", path, tmp_path / "pipe"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "LABBOOK_DATA_DIR": str(tmp_path)},
        capture_output=True,
        timeout=60,
        check=False,
    )

    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["refused"] for line in lines] == [None, "This is not a file (byte 0)"]
    assert (ended.returncode, ended.stderr) == (1, b"")
