"""Refusals: what a service raises when it will not do something, with the reason in the user's words."""


class Refusal(Exception):
    """A change that was refused, and why; `field` names the form field it belongs to, if one does.

    Nothing has been written when a refusal leaves a service. `offer` carries what would make it
    possible, such as {"recount": "12.50"} for a use beyond the book balance.
    """

    def __init__(self, message: str, *, field: str | None = None, offer: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.offer = offer or {}
