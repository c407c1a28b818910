"""Gets a keyboard's focus to an element the way a person does: with Tab, and with arrows among radio buttons."""

from playwright.sync_api import Locator, Page

# Nobody tabs further than this, and no page should ask for it.
FARTHEST = 400

IS_FOCUSED = "element => element === document.activeElement || element.contains(document.activeElement)"
IS_RADIO = "element => element.type === 'radio'"
IS_NEIGHBOUR = """element => document.activeElement.type === 'radio' && document.activeElement.name === element.name
  && document.activeElement.form === element.form"""


def walk_focus_to(page: Page, target: Locator) -> None:
    """Press Tab until the element has the focus; fail when the keyboard cannot reach it."""
    is_radio = target.evaluate(IS_RADIO)
    for _ in range(FARTHEST):
        if target.evaluate(IS_FOCUSED):
            return
        among_radios = is_radio and target.evaluate(IS_NEIGHBOUR)
        page.keyboard.press("ArrowDown" if among_radios else "Tab")
    raise AssertionError(f"The keyboard does not reach {target}")


def press_focused(page: Page, target: Locator) -> None:
    """Activate the focused element: Space for what is ticked, Enter for the rest."""
    kind = target.evaluate("element => element.type || element.tagName.toLowerCase()")
    if kind == "radio" and target.is_checked():
        return  # the arrow that reached it has chosen it
    page.keyboard.press("Space" if kind in {"checkbox", "radio"} else "Enter")
