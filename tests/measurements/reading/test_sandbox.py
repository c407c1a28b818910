"""A file that hangs, breaks or fills its reading process costs only itself."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from measurements.readers.plain_table import ColumnChoice, Layout
from measurements.readers.reading import Reading
from measurements.reading.sandbox import ReaderProcess

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def process() -> Iterator[ReaderProcess]:
    one = ReaderProcess()
    yield one
    one.close()


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_text("x,y\n1.5,2\n2.5,3\n")
    return path


def child_of(process: ReaderProcess) -> int:
    """Return the number of the process that reads."""
    assert process._child is not None
    return process._child.process.pid


def is_read(reading: Reading) -> bool:
    return reading.refused is None and reading.recordings[0].channels[0].values.tolist() == [2.0, 3.0]


def test_a_reading_comes_back_whole_and_cannot_be_changed(process: ReaderProcess, good: Path) -> None:
    reading = process.read(good, name="of a person.csv")

    channel = reading.recordings[0].channels[0]
    settings: Any = reading.recordings[0].settings
    assert is_read(reading)
    assert (reading.reader, channel.name, channel.x.values.tolist()) == ("plain_table", "y", [1.5, 2.5])
    with pytest.raises(ValueError, match="read-only"):
        channel.values[0] = 7
    with pytest.raises(TypeError):
        settings["exposure_s"] = 1


def test_one_process_reads_file_after_file(process: ReaderProcess, good: Path) -> None:
    process.read(good)
    first = child_of(process)

    assert is_read(process.read(good))
    assert child_of(process) == first


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read(process: ReaderProcess, good: Path) -> None:
    process.read(good)
    hanging = child_of(process)
    os.kill(hanging, signal.SIGSTOP)

    began = time.monotonic()
    reading = process.read(good, seconds=0.3)

    assert reading.refused == "Reading it took longer than 0.3 s (byte 0)"
    assert time.monotonic() - began < 5
    assert is_read(process.read(good))
    assert not Path(f"/proc/{hanging}").exists()


def test_a_process_that_breaks_is_refused_and_the_next_file_is_read(process: ReaderProcess, good: Path) -> None:
    process.read(good)
    broken = child_of(process)
    os.kill(broken, signal.SIGSTOP)
    threading.Timer(0.3, os.kill, (broken, signal.SIGKILL)).start()

    reading = process.read(good)

    assert reading.refused == "Reading it ended the reading process: SIGKILL (byte 0)"
    assert is_read(process.read(good))


def test_a_process_that_was_killed_while_it_was_idle_costs_no_file(process: ReaderProcess, good: Path) -> None:
    process.read(good)
    os.kill(child_of(process), signal.SIGKILL)
    os.waitid(os.P_PID, child_of(process), os.WEXITED | os.WNOWAIT)

    assert is_read(process.read(good))


def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_is_read(tmp_path: Path, good: Path) -> None:
    large = tmp_path / "large.csv"
    large.write_text("x,y\n" + "1.5,2\n" * 2_000_000)
    process = ReaderProcess(spare_bytes=60 * 1024 * 1024)

    reading = process.read(large)
    after = process.read(good)
    process.close()

    assert reading.refused == "Reading it needs more memory than a file may take (byte 0)"
    assert is_read(after)


def test_threads_take_turns(process: ReaderProcess, good: Path) -> None:
    readings: list[Reading] = []
    threads = [threading.Thread(target=lambda: readings.append(process.read(good))) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [is_read(reading) for reading in readings] == [True] * 8


def test_a_fork_reads_with_a_process_of_its_own(process: ReaderProcess, good: Path) -> None:
    process.read(good)
    parent_child = child_of(process)
    results, written = os.pipe()

    fork = os.fork()
    if fork == 0:
        said = is_read(process.read(good)) and child_of(process) != parent_child
        process.close()
        os.write(written, b"own" if said else b"shared")
        os._exit(0)
    os.waitpid(fork, 0)

    assert os.read(results, 10) == b"own"
    assert is_read(process.read(good))
    assert child_of(process) == parent_child


def test_closing_leaves_no_process_behind(good: Path) -> None:
    process = ReaderProcess()
    process.read(good)
    child = child_of(process)

    process.close()

    assert not Path(f"/proc/{child}").exists()


def test_a_missing_file_is_a_reason(process: ReaderProcess, tmp_path: Path) -> None:
    assert process.read(tmp_path / "none.raw").refused == "There is no such file (byte 0)"
    assert process.read(tmp_path).refused == "This is not a file (byte 0)"


def test_a_reader_that_does_not_exist_is_a_reason(process: ReaderProcess, good: Path) -> None:
    assert process.read(good, reader_key="crystal_ball").refused == "No reader is called crystal_ball (byte 0)"


def test_chosen_columns_and_the_layout_to_choose_from_come_from_the_same_process(
    process: ReaderProcess, tmp_path: Path
) -> None:
    path = tmp_path / "undecided.csv"
    path.write_text("400,5,12,3\n401,6,13,4\n")

    layout = process.layout(path)
    reading = process.read(path, choice=ColumnChoice(",", ",", x_unit="nm"))

    assert isinstance(layout, Layout)
    assert layout.question
    assert reading.recordings[0].channels[0].values.tolist() == [12.3, 13.4]


def test_a_file_without_columns_has_no_layout(process: ReaderProcess, tmp_path: Path) -> None:
    path = tmp_path / "prose.txt"
    path.write_text("Dear all,\n")

    found = process.layout(path)

    assert isinstance(found, Reading)
    assert found.refused == "There are no two even rows of numbers in it (line 1)"


def test_the_parent_stays_light_until_it_holds_a_reading() -> None:
    program = "import sys, measurements.reading.sandbox; print('numpy' in sys.modules, 'django' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert said == "False False\n"
