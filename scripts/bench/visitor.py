"""Somebody who uses a running notebook over HTTP: signs in by the link, reads pages and sends files."""

import base64
import http.client
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
COOKIE = re.compile(r"^([^=]+)=([^;]*)")
BLOCK_BYTES = 1024 * 1024

Body = bytes | Iterator[bytes] | None


@dataclass
class Answer:
    """What the notebook answered, and how long it took."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float


@dataclass
class Visitor:
    """A signed-in person; one connection for each request, as browsers of several people have."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    @classmethod
    def signed_in(cls, address: str, link: str) -> "Visitor":
        """Press the button behind a one-time link."""
        visitor = cls(address)
        page = visitor.ask("GET", urlsplit(link).path)
        token = CSRF.search(page.body.decode())
        fields = {"csrfmiddlewaretoken": token[1] if token else ""}
        visitor.ask(
            "POST",
            urlsplit(link).path,
            urlencode(fields).encode(),
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
        visitor.ask("GET", "/samples/")
        return visitor

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request and return its answer with its time; cookies are kept."""
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=600)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        told = {"Cookie": cookies, "X-CSRFToken": self.cookies.get("csrftoken", ""), "Origin": self.address}
        started = time.perf_counter()
        try:
            connection.request(method, path, body=body, headers={**told, **(headers or {})})
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            cookie = COOKIE.match(value) if name.lower() == "set-cookie" else None
            if cookie:
                self.cookies[cookie[1]] = cookie[2]
        return Answer(answer.status, dict(answer.getheaders()), content, time.perf_counter() - started)

    def send(self, batch: str, name: str, content: bytes) -> Answer:
        """Send a small file in one request."""
        headers = self.beginning(batch, name, len(content)) | {"Content-Type": "application/offset+octet-stream"}
        return self.ask("POST", "/inbox/uploads/", content, headers)

    def send_large(self, batch: str, name: str, size_bytes: int) -> Answer:
        """Send a file of random-looking bytes that is nowhere held in memory."""
        begun = self.ask("POST", "/inbox/uploads/", b"", self.beginning(batch, name, size_bytes))
        headers = {
            "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0", "Content-Length": str(size_bytes),
        }  # fmt: skip
        return self.ask("PATCH", begun.headers["Location"], blocks(size_bytes), headers)

    def beginning(self, batch: str, name: str, size_bytes: int) -> dict[str, str]:
        """Return the headers that begin an upload."""
        words = {"batch": batch, "name": name}
        coded = ",".join(f"{word} {base64.b64encode(value.encode()).decode()}" for word, value in words.items())
        return {"Upload-Length": str(size_bytes), "Upload-Metadata": coded, "Tus-Resumable": "1.0.0"}


def blocks(size_bytes: int) -> Iterator[bytes]:
    """Yield so many bytes, a block at a time, no two blocks alike."""
    pattern = bytes(range(256)) * (BLOCK_BYTES // 256)
    for number in range(size_bytes // BLOCK_BYTES):
        yield number.to_bytes(8, "little") + pattern[8:]
    rest = size_bytes % BLOCK_BYTES
    if rest:
        yield pattern[:rest]
