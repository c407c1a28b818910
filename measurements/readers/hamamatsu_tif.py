"""Hamamatsu streak images saved as TIFF by HPD-TA: the comment is the description, the axis tables lie behind it."""

from measurements.readers.parts.hpd_ta import entries_of
from measurements.readers.parts.streak_image import StreakImage, recording_of
from measurements.readers.parts.tiff_directory import DESCRIPTION, pages_of, tiff_of
from measurements.readers.parts.tiff_pixels import pixels_of
from measurements.readers.recording import Recording
from measurements.readers.refusal import Unread
from measurements.readers.source import MOST_BYTES, Source
from measurements.readers.tiff_image import DATE_TIME, is_streak


def recognises(source: Source) -> bool:
    """Look for a TIFF file whose description is a comment of HPD-TA."""
    try:
        stream = tiff_of(source)
        first = next(pages_of(stream), None) if stream else None
    except Unread:
        return False
    return first is not None and is_streak(first)


def read(source: Source) -> tuple[Recording, ...]:
    """Return the streak image over time and wavelength, both ascending, on the tables of the file itself.

    Raises Unread when the image is cut off, in colour, or one of several.
    """
    stream = tiff_of(source)
    pages = list(pages_of(stream)) if stream else []
    if stream is None or len(pages) != 1:
        raise Unread(f"The file holds {len(pages):,} images; only single streak images are read", offset_bytes=0)
    counts = pixels_of(stream, pages[0])
    if counts.ndim != 2:
        raise Unread("The image is a picture in colours; save the counts instead", offset_bytes=pages[0].offset_bytes)
    comment = pages[0].text(DESCRIPTION)
    stream.seek(0)
    image = StreakImage(counts, entries_of(comment.encode()), stream.read(MOST_BYTES))
    # When it was saved, year first; it settles which number of the other date is the month.
    saved = pages[0].text(DATE_TIME).split(" ")[0].replace(":", "-")
    return recording_of(image, saved)
