"""A small story recorded in the lab, and clients that ask the API with a token."""

import json
from typing import Any

import pytest
from django.test import Client

from labbook.models import Lab, User
from labbook.services.tokens import make_token
from tests.samples.lineage.story import Story, tell


class Asker:
    """Somebody who asks the API with a token, in JSON."""

    def __init__(self, person: User) -> None:
        token = make_token(user=person, lasts=None)
        self.client = Client(headers={"Authorization": f"Token {token}"})

    def get(self, address: str, **headers: str) -> Any:
        """Read an address under /api/v1/."""
        return self.client.get(f"/api/v1/{address}", headers=headers)

    def post(self, address: str, body: Any = None, **headers: str) -> Any:
        """Do something."""
        return self._send("post", address, body, headers)

    def patch(self, address: str, body: Any = None, **headers: str) -> Any:
        """Change a record."""
        return self._send("patch", address, body, headers)

    def _send(self, method: str, address: str, body: Any, headers: dict[str, str]) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        call = getattr(self.client, method)
        return call(f"/api/v1/{address}", json.dumps(body or {}), content_type="application/json", headers=sent)


@pytest.fixture
def story(lab: Lab, member: User) -> Story:
    """From bottles to a film, as a lab records it."""
    return tell(lab, member)


@pytest.fixture
def asker(member: User) -> Asker:
    """A member who records."""
    return Asker(member)


@pytest.fixture
def keeper(manager: User) -> Asker:
    """A manager."""
    return Asker(manager)
