"""Listens to a page for what a person would not see: script errors, policy violations, failed and foreign requests."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

# A person who goes on before everything has arrived cancels requests; that is no failure.
CANCELED = "net::ERR_ABORTED"


class Watch:
    """Collects complaints about every page of a browser context."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.complaints: list[str] = []
        # Answers that a walk expects, such as the 409 of a conflict.
        self.expected_statuses: set[int] = set()
        context.on("page", self._watch)
        context.on("request", self._on_request)
        context.on("requestfailed", self._on_failure)
        context.on("response", self._on_response)
        context.on("console", self._on_console)

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(f"script error on {page.url}: {error}"))

    def _on_console(self, message: ConsoleMessage) -> None:
        # A refused answer is also written to the console; the response itself is judged below.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(f"console: {message.text}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.complaints.append(f"request to another host: {request.url}")

    def _on_failure(self, request: Request) -> None:
        if request.failure != CANCELED:
            self.complaints.append(f"failed request: {request.url} ({request.failure})")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected_statuses:
            self.complaints.append(f"{response.status} from {response.url}")
