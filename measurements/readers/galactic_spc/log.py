"""What a GRAMS file says of a measurement in words: the log behind the traces, and the texts of the header."""

import re
import struct
from collections.abc import Mapping

from measurements.readers.galactic_spc.header import EXPERIMENTS, HEADER, Header
from measurements.readers.recording import Caution, Setting

LOG = struct.Struct("<IIIII44s")
# What Andor's programs write where others name a method.
EXPOSURE = re.compile(r"Exp\. time = (?P<exposure_s>\d*\.?\d+) secs? X (?P<accumulations>\d+) Accum")
# What SpectraSuite writes as its comment, with the time in microseconds.
SPECTRASUITE = re.compile(
    r".*Int Time: (?P<time_us>\d+) .*Averages: (?P<accumulations>\d+) .*Boxcar: (?P<boxcar_width>\d+) "
)
SATURATED = "Detector saturated: yes"
LOG_SETTINGS = {"USER": "operator", "COMMENT": "comment", "Comment": "comment"}


def settings_of(header: Header, log: Mapping[str, tuple[str, ...]]) -> dict[str, Setting]:
    """Return what is understood of the header and of the log."""
    written = {key: log[name][0] for name, key in LOG_SETTINGS.items() if log.get(name, ("",))[0]}
    named = {
        "memo": header.comment,
        "resolution": header.resolution,
        "source": header.source,
        "method": header.method,
        "experiment": EXPERIMENTS.get(header.experiment, ""),
    }
    settings: dict[str, Setting] = {**written, **{key: text for key, text in named.items() if text}}
    settings.setdefault("comment", header.comment)
    return {**settings, **_exposure(header.method, str(settings["comment"])), "traces": header.subfiles}


def _exposure(method: str, comment: str) -> dict[str, Setting]:
    found = EXPOSURE.match(method)
    if found:
        return {"exposure_s": float(found["exposure_s"]), "accumulations": int(found["accumulations"])}
    found = SPECTRASUITE.match(comment)
    if not found:
        return {}
    return {
        "integration_time_s": int(found["time_us"]) / 1e6,
        "accumulations": int(found["accumulations"]),
        "boxcar_width": int(found["boxcar_width"]),
    }


def log_of(content: bytes, at: int) -> tuple[dict[str, tuple[str, ...]], tuple[Caution, ...]]:
    """Return the lines of the log; a log that does not fit into the file leaves the traces as they are."""
    if not at:
        return {}, ()
    if at + LOG.size > len(content) or at < HEADER.size:
        return {}, (Caution("the log lies outside the file and was left out", offset_bytes=at),)
    size, _, text_at, *_ = LOG.unpack_from(content, at)
    if text_at > size or at + text_at > len(content):
        return {}, (Caution("the log does not say where its text is and was left out", offset_bytes=at),)
    text = content[at + text_at : at + size].split(b"\0", 1)[0].decode("cp1252", errors="replace")
    lines: dict[str, tuple[str, ...]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        key, _, value = line.partition("=")
        lines[key.strip() or "log"] = (*lines.get(key.strip() or "log", ()), value.strip())
    said = (Caution("the program noted that the detector was saturated"),) if SATURATED in text else ()
    return lines, said
