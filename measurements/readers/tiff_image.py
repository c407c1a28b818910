"""TIFF images of electron microscopes: JEOL with its report, others with the scale they state, plain ones in px."""

from collections.abc import Mapping
from datetime import datetime
from typing import BinaryIO

import numpy as np

from measurements.readers.parts.hpd_ta import names_hpd_ta
from measurements.readers.parts.jeol_report import JeolReport
from measurements.readers.parts.tiff_directory import COLOURS, DESCRIPTION, Page, pages_of, tiff_of
from measurements.readers.parts.tiff_pixels import MOST_PIXEL_BYTES, pixels_of
from measurements.readers.parts.tiff_scale import Scale, scale_of, worded_nm_per_px
from measurements.readers.recording import (
    Axis,
    Caution,
    Channel,
    Instant,
    Numbers,
    Recording,
    Role,
    Setting,
    Technique,
    Zone,
)
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

MAKER, MODEL, SOFTWARE, DATE_TIME, ARTIST = 271, 272, 305, 306, 315
WHITE_IS_ZERO, PALETTE = 0, 3
NAMED_TAGS = {DESCRIPTION: "ImageDescription", MAKER: "Make", MODEL: "Model", SOFTWARE: "Software"}
NAMED_TAGS |= {DATE_TIME: "DateTime", ARTIST: "Artist", 282: "XResolution", 283: "YResolution", 296: "ResolutionUnit"}
NAMED_TAGS |= {256: "ImageWidth", 257: "ImageLength", 258: "BitsPerSample", 259: "Compression", 262: "Photometric"}


def is_streak(page: Page) -> bool:
    """Say whether a page is of a streak camera, which has a reader of its own."""
    return names_hpd_ta(page.text(DESCRIPTION).encode()) or page.text(ARTIST).startswith("Copyright Hamamatsu")


def recognises(source: Source) -> bool:
    """Look for a TIFF file, packed or not, that is no streak image; a broken one is read and refused here."""
    try:
        stream = tiff_of(source)
        if stream is None:
            return False
        first = next(pages_of(stream), None)
    except Unread:
        return True
    return first is None or not is_streak(first)


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording for each page, small copies left out.

    Raises Unread when a strip is shorter than its directory states, or the pixels cannot be unpacked.
    """
    stream = tiff_of(source)
    if stream is None:
        raise Unread("The file is no TIFF file", offset_bytes=0)
    pages = [page for page in pages_of(stream) if not page.is_thumbnail]
    if not pages:
        raise Unread("The file has no images", offset_bytes=4)
    if sum(page.pixel_bytes for page in pages) > MOST_PIXEL_BYTES:
        raise Unread(f"The {len(pages):,} images have more than {MOST_PIXEL_BYTES:,} bytes", offset_bytes=4)
    return tuple(_recording(page, stream, f"page {page.index + 1}" if len(pages) > 1 else "") for page in pages)


def _recording(page: Page, stream: BinaryIO, label: str) -> Recording:
    pixels = pixels_of(stream, page)
    report, said = _report(page)
    scale = report.scale if report else scale_of(page, stream)
    settings = dict(report.settings) if report else {}
    planes, doubts = _planes(pixels, page)
    axes = _axes(pixels.shape[0], pixels.shape[1], scale)
    return Recording(
        technique=Technique.TEM_IMAGE,
        channels=tuple(Channel(name, "", plane, axes, Role.IMAGE) for name, plane in planes.items()),
        label=label,
        instrument=report.instrument if report else f"{page.text(MAKER)} {page.text(MODEL)}".strip(),
        measured=(report.measured if report else None) or _measured(page),
        settings=settings | _scale_settings(page, scale),
        header=_header(page, report),
        cautions=(*said, *_scale_cautions(page, scale), *doubts),
    )


def _report(page: Page) -> tuple[JeolReport | None, tuple[Caution, ...]]:
    if not JeolReport.is_in(page):
        return None, ()
    try:
        return JeolReport(page), ()
    except Unread as broken:
        return None, (Caution(f"{broken.reason}; the image is read without it", offset_bytes=page.offset_bytes),)


def _axes(rows: int, columns: int, scale: Scale | None) -> tuple[Axis, Axis]:
    if scale is None:
        return Axis("y", "px", np.arange(rows, dtype=float)), Axis("x", "px", np.arange(columns, dtype=float))
    return Axis("y", "nm", np.arange(rows) * scale.y_nm), Axis("x", "nm", np.arange(columns) * scale.x_nm)


def _scale_settings(page: Page, scale: Scale | None) -> dict[str, Setting]:
    nm_per_px = scale.x_nm if scale else worded_nm_per_px(page.text(DESCRIPTION))
    return {"nm_per_px": nm_per_px} if nm_per_px else {}


def _scale_cautions(page: Page, scale: Scale | None) -> tuple[Caution, ...]:
    if scale is not None:
        return ()
    worded = worded_nm_per_px(page.text(DESCRIPTION))
    if worded:
        return (Caution(f"the axes are in px; the description names {worded:g} nm per px"),)
    return (Caution("no scale is stated; the axes are in px"),)


def _planes(pixels: Numbers, page: Page) -> tuple[dict[str, Numbers], tuple[Caution, ...]]:
    """Return the image's planes by name: one of grey, or red, green and blue when they differ."""
    said: list[Caution] = []
    if page.whole(COLOURS, 1) == WHITE_IS_ZERO:
        said.append(Caution("white is stored as zero; the values are kept as stored"))
    if page.whole(COLOURS, 1) == PALETTE:
        said.append(Caution("the values are places in a colour table, kept as stored"))
    if gaps := int(np.count_nonzero(~np.isfinite(pixels))) if pixels.dtype.kind == "f" else 0:
        said.append(Caution(f"{gaps:,} pixels are no numbers; they are kept as gaps"))
    if pixels.ndim == 2:
        return {"intensity": pixels.astype("u1") if pixels.dtype.kind == "b" else pixels}, tuple(said)
    if pixels.shape[2] in {2, 4}:
        said.append(Caution("the plane of transparency was left out"))
    red = pixels[..., 0]
    if pixels.shape[2] < 3 or all(np.array_equal(red, pixels[..., place]) for place in (1, 2)):
        said.append(Caution("the colours are all the same; one of them is the image"))
        return {"intensity": red}, tuple(said)
    return {name: pixels[..., place] for place, name in enumerate(("red", "green", "blue"))}, tuple(said)


def _measured(page: Page) -> Instant | None:
    written = page.text(DATE_TIME).strip()
    for layout in ("%Y:%m:%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S"):
        try:
            # The tag has no room for a zone.
            moment = datetime.strptime(f"{written} +0000", f"{layout} %z").replace(tzinfo=None)
        except ValueError:
            continue
        return Instant(written, moment if moment.year >= 1980 else None, Zone.NOT_STATED)
    return Instant(written, None) if written else None


def _header(page: Page, report: JeolReport | None) -> Mapping[str, tuple[str, ...]]:
    tags = {
        NAMED_TAGS.get(tag, f"tag {tag}"): (text,)
        if (text := page.text(tag))
        else tuple(f"{n:g}" for n in page.numbers(tag)[:8])
        for tag in page.tags
        if report is None or tag != DESCRIPTION
    }
    return tags | (report.header if report else {})
