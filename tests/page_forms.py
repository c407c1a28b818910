"""Reads the forms of a page as a browser does: where each is sent, and with which fields."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

BUTTONS = {"submit", "button", "image", "reset", "file"}


@dataclass
class PageForm:
    """A form that is posted: its address, and every field with the values it would send now."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    # What a choice offers, so that another one can be chosen.
    offered: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, value: str, *, is_sent: bool = True) -> None:
        """Note one value of a field; an unticked box is offered and not sent."""
        self.fields.setdefault(name, [])
        if is_sent:
            self.fields[name].append(value)
        self.offered.setdefault(name, []).append(value)


class FormReader(HTMLParser):
    """Collects the forms of one page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[PageForm] = []
        self.form: PageForm | None = None
        self.select = ""
        self.textarea: str | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a form, or note a field of the one that is open."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = PageForm(said.get("action", "")) if said.get("method", "").lower() == "post" else None
            self.forms += [self.form] if self.form else []
        if self.form is None or (tag != "option" and not said.get("name")):
            return
        if tag == "input" and said.get("type", "text") not in BUTTONS:
            is_box = said.get("type") in ("checkbox", "radio")
            value = said.get("value", "on" if is_box else "")
            self.form.add(said["name"], value, is_sent=not is_box or "checked" in said)
        elif tag == "button":
            self.form.add(said["name"], said.get("value", ""), is_sent=False)
        elif tag == "textarea":
            self.textarea, self.text = said["name"], ""
        elif tag == "select":
            self.select = said["name"]
        elif tag == "option" and self.select:
            self.form.add(self.select, said.get("value", ""), is_sent="selected" in said)

    def handle_data(self, data: str) -> None:
        """Collect what stands in a textarea."""
        self.text += data if self.textarea else ""

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.form and self.textarea:
            self.form.add(self.textarea, self.text)
            self.textarea = None


def forms_of(page: str) -> list[PageForm]:
    """Return the forms of a page that are posted."""
    reader = FormReader()
    reader.feed(page)
    return reader.forms
