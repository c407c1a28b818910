"""Why a file, or a part of it, was not read: a reason that names the line or the byte where it went wrong."""


class Unread(Exception):
    """A file that a reader will not read; `line` counts from one, `offset_bytes` from zero."""

    def __init__(self, reason: str, *, line: int | None = None, offset_bytes: int | None = None) -> None:
        self.reason, self.line, self.offset_bytes = reason, line, offset_bytes
        super().__init__(str(self))

    def __str__(self) -> str:
        """Return the reason with its place, as a person reads it."""
        if self.line is not None:
            return f"{self.reason} (line {self.line:,})"
        if self.offset_bytes is not None:
            return f"{self.reason} (byte {self.offset_bytes:,})"
        return self.reason
