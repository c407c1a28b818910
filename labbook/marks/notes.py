"""Notes that people write in Markdown, as HTML that can do no harm."""

from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString

# What a note may contain; everything else loses its tag and keeps its text.
TAGS = {"p", "br", "em", "strong", "s", "ul", "ol", "li", "a", "code", "pre", "blockquote", "sub", "sup", "hr"}
TAGS |= {"h3", "h4", "table", "thead", "tbody", "tr", "th", "td"}


@lru_cache(maxsize=1)
def reader() -> Any:
    """Return the Markdown reader, made once and only when a page has a note."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def render_markdown(text: str) -> SafeString:
    """Return sanitized HTML; headings are lowered so that the page keeps its own outline."""
    import nh3

    html = reader().render(text)
    for level, lowered in (("2", "4"), ("1", "3")):
        html = html.replace(f"<h{level}>", f"<h{lowered}>").replace(f"</h{level}>", f"</h{lowered}>")
    links = {"http", "https", "mailto"}
    clean = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=links, link_rel="nofollow noopener")
    return SafeString(clean)
