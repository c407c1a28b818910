"""The XML of one ProcSpec spectrum, in which an element may say that it is the same as another, by a path to it."""

import re
from typing import TYPE_CHECKING

import numpy as np

from measurements.readers.parts.xml_tree import xml_of
from measurements.readers.recording import Caution, Numbers
from measurements.readers.refusal import Unread

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

STEP = re.compile(r"^(.*?)(?:\[(\d+)\])?$")
MOST_STEPS = 12
MOST_TAGS = 1_000_000


class Tree:
    """One spectrum's XML, in which an element may say that it is the same as another."""

    def __init__(self, content: bytes, name: str) -> None:
        if content.count(b"<") > MOST_TAGS:
            raise Unread(f"{name} has more than {MOST_TAGS:,} tags", offset_bytes=0)
        # Programs in some languages write bytes that are not UTF-8, and no declaration.
        try:
            content.decode("utf-8")
            said: tuple[Caution, ...] = ()
        except UnicodeDecodeError:
            content = content.decode("latin-1").encode("utf-8")
            said = (Caution(f"{name} is not UTF-8; it was read as latin-1"),)
        self.said, self.name = said, name
        self.root = xml_of(content, name=name)
        self._parents = {child: parent for parent in self.root.iter() for child in parent}

    def resolved(self, element: "Element") -> "Element":
        """Return the element that one stands for.

        Raises Unread when the path leads nowhere or in a circle.
        """
        for _ in range(MOST_STEPS):
            path = element.get("reference")
            if path is None:
                return element
            element = self._walked(element, path)
        raise Unread(f"References in {self.name} go round in a circle", offset_bytes=0)

    def _walked(self, element: "Element", path: str) -> "Element":
        found: Element | None = element
        for step in path.split("/"):
            if found is None:
                break
            if step == "..":
                found = self._parents.get(found)
                continue
            matched = STEP.match(step)
            name, place = (matched[1], int(matched[2] or 1)) if matched else (step, 1)
            same = [child for child in found if child.tag == name]
            found = same[place - 1] if 0 < place <= len(same) else None
        if found is None:
            raise Unread(f"A reference in {self.name} leads nowhere: {path[:80]}", offset_bytes=0)
        return found

    def child(self, element: "Element | None", name: str) -> "Element | None":
        """Return the child that an element has under a name, wherever it is written."""
        found = None if element is None else element.find(name)
        return None if found is None else self.resolved(found)

    def numbers(self, element: "Element | None", name: str) -> Numbers:
        """Return an array of numbers.

        Raises Unread when it is missing, empty or has text in it.
        """
        array = self.child(element, name)
        cells = [] if array is None else [(cell.text or "").strip() for cell in array if cell.tag in {"double", "int"}]
        if not cells:
            raise Unread(f"{name} in {self.name} is missing", offset_bytes=0)
        try:
            # NaN is what the program writes where it divided by nothing.
            values = np.array([float(cell) for cell in cells])
        except ValueError as error:
            raise Unread(f"{name} in {self.name} has text among its numbers", offset_bytes=0) from error
        values[~np.isfinite(values)] = np.nan
        return values
