"""A person at a browser whose interactions and keystrokes are counted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Page, expect

from tests.browser.accessibility import serious_violations
from tests.browser.keyboard import press_focused, walk_focus_to
from tests.browser.profiles import Profile
from tests.browser.watching import Watch

Role = Literal["button", "link", "textbox", "combobox", "checkbox", "radio", "heading", "navigation", "row", "cell",
               "listitem", "searchbox", "spinbutton", "tab", "menuitem", "region", "group", "table", "img"]  # fmt: skip


class Person:
    """Does what hands do and counts it.

    One interaction is one click or tap, one field committed (focus, type, leave), one choice, one file
    dialog, one scan, or one key chord. Scrolling, reading, and moving the focus cost nothing. A
    keystroke is one printable character. Hidden and covered elements are refused.
    """

    def __init__(self, browser: Browser, profile: Profile, address: str, session: Path | None = None) -> None:
        self.profile, self.address = profile, address.rstrip("/")
        self.interactions = self.keystrokes = 0
        self.violations: list[str] = []
        self._counts = True
        self._looked_at: set[str] = set()
        self.context = self._open(browser, session, javascript=profile.has_javascript)
        # Without JavaScript axe cannot run: it looks at the same address in a page whose scripts never arrive.
        self.twin = None if profile.has_javascript else self._open(browser, session, javascript=True)
        if self.twin:
            self.twin.route("**/*.js", lambda route: route.abort())
        self.watch = Watch(self.context, self.address)
        self.page: Page = self.context.new_page()
        self._tools = self._slow_down()

    def _open(self, browser: Browser, session: Path | None, *, javascript: bool) -> BrowserContext:
        context = browser.new_context(
            base_url=self.address,
            viewport={"width": self.profile.width_px, "height": self.profile.height_px},
            has_touch=self.profile.has_touch,
            java_script_enabled=javascript,
            storage_state=session,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        return context

    def _slow_down(self) -> CDPSession | None:
        if self.profile.slowdown_ratio == 1:
            return None
        tools = self.context.new_cdp_session(self.page)
        tools.send("Emulation.setCPUThrottlingRate", {"rate": self.profile.slowdown_ratio})
        network = {
            "offline": False,
            "latency": self.profile.latency_ms,
            "downloadThroughput": -1,
            "uploadThroughput": -1,
        }
        tools.send("Network.emulateNetworkConditions", network)
        return tools

    @contextmanager
    def _at_full_speed(self) -> Iterator[None]:
        """What no person waits for need not be slow."""
        self._throttle(1)
        try:
            yield
        finally:
            self._throttle(self.profile.slowdown_ratio)

    def _throttle(self, ratio: int) -> None:
        if self._tools:
            self._tools.send("Emulation.setCPUThrottlingRate", {"rate": ratio})

    def go(self, path: str) -> None:
        """Open an address: where a walk starts, not a part of it."""
        self.page.goto(path)

    def find(self, role: Role, name: str, *, exact: bool = False, within: Locator | None = None) -> Locator:
        """Return the first element a screen reader calls by this role and name."""
        return (within or self.page).get_by_role(role, name=name, exact=exact).first

    def sees(self, target: Locator | str) -> None:
        """Fail unless an element, or a text, is on the page and not hidden."""
        expect(self.page.get_by_text(target).first if isinstance(target, str) else target).to_be_visible()

    def press(self, target: Locator) -> None:
        """Click, tap, or focus and press an element: one interaction."""
        self._before(target)
        if self.profile.by_keyboard:
            walk_focus_to(self.page, target)
            press_focused(self.page, target)
        elif self.profile.has_touch:
            target.tap()
        else:
            target.click()
        self._count(1)

    def fill(self, target: Locator, text: str) -> None:
        """Type into a field in place of what stands there, and leave it: one interaction."""
        self._before(target)
        self._focus(target)
        target.select_text()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Tab")
        self._count(1, len(text))

    def choose(self, target: Locator, label: str) -> None:
        """Choose an option of a list by its words: one interaction."""
        self._before(target)
        if self.profile.by_keyboard:
            walk_focus_to(self.page, target)
        target.select_option(label=label)
        self._count(1)

    def chord(self, keys: str) -> None:
        """Press keys together, such as Control+Enter: one interaction."""
        self._look()
        self.page.keyboard.press(keys)
        self._count(1)

    def scan(self, target: Locator, code: str) -> None:
        """Let a scanner type a code and its Enter into a field: one interaction, no keystrokes."""
        self._before(target)
        self._focus(target)
        self.page.keyboard.type(code)
        self.page.keyboard.press("Enter")
        self._count(1)

    def attach(self, target: Locator, files: Sequence[Path]) -> None:
        """Hand any number of files to a file input: one interaction."""
        self._before(target)
        target.set_input_files(list(files))
        self._count(1)

    @contextmanager
    def preparing(self) -> Iterator[None]:
        """What happens inside brings about the start of a walk and is not counted."""
        self._counts = False
        try:
            with self._at_full_speed():
                yield
        finally:
            self._counts = True

    @contextmanager
    def within(self, interactions: int) -> Iterator[None]:
        """What happens inside may take at most so many interactions."""
        before = self.interactions
        yield
        taken = self.interactions - before
        assert taken <= interactions, f"{taken} interactions where {interactions} are allowed"

    def finish(self) -> None:
        """Look at the last page, and fail on anything a page did wrong behind the person's back."""
        self._look()
        assert self.watch.complaints == [], "\n".join(self.watch.complaints)

    def close(self) -> None:
        """Close the browser windows."""
        for context in (self.context, self.twin):
            if context:
                context.close()

    def _focus(self, target: Locator) -> None:
        if self.profile.by_keyboard:
            walk_focus_to(self.page, target)
        elif self.profile.has_touch:
            target.tap()
        else:
            target.click()

    def _before(self, target: Locator) -> None:
        expect(target).to_be_visible()
        expect(target).to_be_enabled()
        self._look()

    def _look(self) -> None:
        """Let axe look at every page once."""
        place = self.page.url.partition("#")[0]
        if place in self._looked_at or not place.startswith(self.address):
            return
        self._looked_at.add(place)
        self.page.wait_for_load_state("load")
        if self.twin:
            page = self.twin.new_page()
            page.goto(place)
            self.violations += serious_violations(page)
            page.close()
        else:
            with self._at_full_speed():
                self.violations += serious_violations(self.page)

    def _count(self, interactions: int, keystrokes: int = 0) -> None:
        if self._counts:
            self.interactions += interactions
            self.keystrokes += keystrokes
