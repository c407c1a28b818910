"""The drawing of a tag's address for labels and printed pages."""

import io

import segno
from django.http import HttpRequest
from django.utils.safestring import SafeString


def tag_drawing(request: HttpRequest, tag: str) -> SafeString:
    """Return the QR code of /Q/<TAG> as inline SVG; upper case, so that the code stays coarse and easy to scan."""
    address = f"{request.scheme}://{request.get_host()}/Q/{tag}".upper()
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    # A white ground of its own: dark on dark cannot be scanned.
    code.save(
        drawn,
        kind="svg",
        scale=2,
        border=2,
        light="#fff",
        xmldecl=False,
        svgns=False,
        nl=False,
        title=f"QR code of tag {tag}",
    )
    # Drawn by segno from a tag of ours: letters and digits only.
    return SafeString(drawn.getvalue().decode())
