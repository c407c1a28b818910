"""Whatever a test of a reader makes it read, the settings are called as agreed."""

from typing import Any

import pytest

from measurements.readers.recording import Recording
from tests.measurements.readers.setting_names import not_agreed


@pytest.fixture(autouse=True)
def settings_are_called_as_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the settings of every recording that is made."""
    made = Recording.__init__

    def look(self: Recording, *values: Any, **named: Any) -> None:
        made(self, *values, **named)
        assert not not_agreed(self.settings), f"not in docs/reference/formats.md: {not_agreed(self.settings)}"

    monkeypatch.setattr(Recording, "__init__", look)
