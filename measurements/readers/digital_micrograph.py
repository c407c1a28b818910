"""Gatan DigitalMicrograph files (dm3, dm4): every image but the thumbnails, with its scale and microscope."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from measurements.readers.parts.gatan_notes import header_of, instrument_of, measured_of, settings_of
from measurements.readers.parts.gatan_tags import VERSIONS, Array, Group, TagTree
from measurements.readers.recording import (
    Axis,
    Caution,
    Channel,
    Numbers,
    Recording,
    Role,
    Setting,
    Technique,
    ascending,
)
from measurements.readers.refusal import Unread
from measurements.readers.source import Source

PIXELS = {1: "i2", 2: "f4", 6: "u1", 7: "i4", 9: "i1", 10: "u2", 11: "u4", 12: "f8", 14: "u1"}
COMPLEX = {3, 5, 13, 27, 28}
COLOURED = {8, 23}
UNITS = {"um": "µm", "μm": "µm", "micron": "µm"}
NM_PER = {"nm": 1.0, "µm": 1e3, "Å": 0.1, "pm": 1e-3}
AXIS_NAMES = {1: ("x",), 2: ("y", "x"), 3: ("z", "y", "x"), 4: ("w", "z", "y", "x")}


def recognises(source: Source) -> bool:
    """Look for version 3 or 4, a byte order of 0 or 1, and a root group of tags."""
    head = source.head
    layout = VERSIONS.get(head[:4])
    if layout is None or len(head) < layout.header_bytes + 2:
        return False
    order = head[layout.header_bytes - 4 : layout.header_bytes]
    return order in {b"\0\0\0\0", b"\0\0\0\1"} and all(flag <= 1 for flag in head[layout.header_bytes :][:2])


def read(source: Source) -> tuple[Recording, ...]:
    """Return one recording for each image of the file; thumbnails and Fourier transforms are left out.

    Raises Unread when tags or pixels are cut off, or no image is left.
    """
    tree = TagTree(source.content)
    found, left = list[Recording](), list[str]()
    for image in _images(tree.root):
        kind = image.whole("ImageData.DataType")
        if kind in COMPLEX or kind in COLOURED or kind not in PIXELS:
            left.append(f"{image.text('Name') or 'an image'} (type {kind})")
            continue
        found.append(_recording(tree, image))
    if not found:
        raise Unread(f"The file has no image of numbers{': ' if left else ''}{', '.join(left)}", offset_bytes=0)
    if not left:
        return tuple(found)
    said = Caution(f"left out, being complex or in colours: {', '.join(left)}")
    return tuple(_with_caution(one, said) for one in found)


def _images(root: Group) -> Iterator[Group]:
    listed = root.get("ImageList")
    images = [one for one in listed.values() if isinstance(one, Group)] if isinstance(listed, Group) else []
    thumbnails = root.get("Thumbnails")
    small = {
        one.whole("ImageIndex")
        for one in (thumbnails.values() if isinstance(thumbnails, Group) else ())
        if isinstance(one, Group)
    }
    for index, image in enumerate(images):
        if index not in small and isinstance(image.at("ImageData.Data"), Array):
            yield image


def _recording(tree: TagTree, image: Group) -> Recording:
    pixels = _pixels(tree, image)
    written, said = _axes(image, pixels.shape)
    values, axes, turned = ascending(pixels, *written)
    if gaps := int(np.count_nonzero(~np.isfinite(values))) if values.dtype.kind == "f" else 0:
        said.append(Caution(f"{gaps:,} values are no numbers; they are kept as gaps"))
    measured, doubts = measured_of(image)
    is_image = values.ndim > 1
    return Recording(
        technique=Technique.TEM_IMAGE if is_image else Technique.SPECTRUM,
        channels=(
            Channel(
                "intensity",
                image.text("ImageData.Calibrations.Brightness.Units"),
                values,
                axes,
                Role.IMAGE if is_image else Role.SIGNAL,
            ),
        ),
        label=image.text("Name"),
        instrument=instrument_of(image),
        measured=measured,
        settings=settings_of(image) | _nm_per_px(axes),
        header=header_of(image),
        cautions=(*said, *turned, *doubts),
    )


def _pixels(tree: TagTree, image: Group) -> Numbers:
    sizes = image.at("ImageData.Dimensions")
    shape = (
        tuple(int(size) for size in reversed(sizes.values()) if isinstance(size, int))
        if isinstance(sizes, Group)
        else ()
    )
    data = image.at("ImageData.Data")
    if not isinstance(data, Array) or not 1 <= len(shape) <= 4 or any(size < 1 for size in shape):
        raise Unread(f"An image has the dimensions {shape}", offset_bytes=0)
    dtype = np.dtype(tree.order + PIXELS[image.whole("ImageData.DataType")])
    count = 1
    for size in shape:
        count *= size
    if count * dtype.itemsize != data.length_bytes:
        stated = f"{' × '.join(f'{size:,}' for size in shape)} pixels do not fill {data.length_bytes:,} bytes"
        raise Unread(f"The image is not whole: {stated}", offset_bytes=data.offset_bytes)
    return np.frombuffer(tree.content, dtype, count, data.offset_bytes).reshape(shape)


def _axes(image: Group, shape: tuple[int, ...]) -> tuple[list[Axis], list[Caution]]:
    axes, said = list[Axis](), list[Caution]()
    calibrations = image.at("ImageData.Calibrations.Dimension")
    groups = [one for one in calibrations.values() if isinstance(one, Group)] if isinstance(calibrations, Group) else []
    for place, (name, length) in enumerate(zip(AXIS_NAMES[len(shape)], shape, strict=True)):
        # Gatan counts the fastest dimension first; some stacks lack the last ones.
        back = len(shape) - 1 - place
        group = groups[back] if back < len(groups) else Group()
        unit, scale, origin = group.text("Units"), group.amount("Scale"), group.amount("Origin") or 0.0
        steps = np.arange(length, dtype=float)
        if not unit or not scale:
            axes.append(Axis(name, "px", steps))
            said.append(Caution(f"no scale is stated for {name}; it is in px"))
            continue
        axes.append(Axis(name, UNITS.get(unit, unit), (steps - origin) * scale))
    return axes, said


def _nm_per_px(axes: tuple[Axis, ...]) -> dict[str, Setting]:
    x = axes[-1]
    if len(axes) < 2 or x.unit not in NM_PER or len(x.values) < 2:
        return {}
    return {"nm_per_px": float(x.values[1] - x.values[0]) * NM_PER[x.unit]}


def _with_caution(recording: Recording, said: Caution) -> Recording:
    return replace(recording, cautions=(*recording.cautions, said))
