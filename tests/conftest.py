"""What every test can ask for: a lab with one person of each role, a stranger, and the shared data."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis

from labbook.models import Lab, User
from labbook.roles import Role
from tests.making import make_lab, make_person

# The same examples in every run, and no deadline: a busy machine is no failure. Fuzzing is another target.
hypothesis.register_profile("labbook", derandomize=True, deadline=None, database=None)
hypothesis.load_profile("labbook")

SHARED_DATA = Path(os.environ.get("LABBOOK_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))

# What a test asks for, itself or through another fixture, when it touches the database.
DATABASE = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, on the second database, what touches none: it has run with the first."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    left_out = [item for item in items if not asks_the_database(item)]
    items[:] = [item for item in items if asks_the_database(item)]
    config.hook.pytest_deselected(items=left_out)


def asks_the_database(item: pytest.Item) -> bool:
    """Say whether a test touches the database."""
    test_class = getattr(item, "cls", None)
    is_marked = item.get_closest_marker("django_db") is not None
    is_django_class = test_class is not None and issubclass(test_class, TransactionTestCase)
    return is_marked or is_django_class or not DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite in a file, so that threads write at once as they do in the notebook; it need not survive."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"] = {
            **database.get("TEST", {}),
            "NAME": str(tmp_path_factory.mktemp("database") / "test.sqlite3"),
        }
        options = database["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(scope="session", autouse=True)
def files_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep files that tests store out of the notebook's own folder."""
    settings.FILES = str(tmp_path_factory.mktemp("files"))
    settings.SPOOL = str(tmp_path_factory.mktemp("spool"))
    # Every client starts the middleware anew, which otherwise looks up all style sheets and scripts first.
    settings.WHITENOISE_AUTOREFRESH = True
    # A password of a test is no secret, and hashing one well takes a quarter of a second.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files and expected readings; where it is missing the test says that it was left out."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the folder ../shared/data is not here")
    return SHARED_DATA


@pytest.fixture
def lab(db: None) -> Lab:
    """The lab most tests are about."""
    return make_lab("Nanocrystals")


@pytest.fixture
def other_lab(db: None) -> Lab:
    """A lab whose records nobody of the first may see."""
    return make_lab("Elsewhere")


@pytest.fixture
def owner(lab: Lab) -> User:
    """Who owns the lab."""
    return make_person(lab, "AV", Role.OWNER)


@pytest.fixture
def manager(lab: Lab) -> User:
    """Who keeps the lab's places, stock, equipment and people."""
    return make_person(lab, "GF", Role.MANAGER)


@pytest.fixture
def member(lab: Lab) -> User:
    """Who records."""
    return make_person(lab, "LM", Role.MEMBER)


@pytest.fixture
def guest(lab: Lab) -> User:
    """Who reads only."""
    return make_person(lab, "RB", Role.GUEST)


@pytest.fixture
def stranger(other_lab: Lab) -> User:
    """Who owns another lab."""
    return make_person(other_lab, "ST", Role.OWNER)
