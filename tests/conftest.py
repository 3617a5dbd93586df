import os
from contextlib import contextmanager
from functools import cache
from itertools import cycle

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.test.utils import CaptureQueriesContext

from badges.formats import keys
from badges.formats.keys import new_rsa
from tests.client import CheckingClient
from tests.factories import IssuerFactory, IssuerMemberFactory, LegalDocumentFactory, UserFactory

# A machine that is busy is no fault of an example.
hypothesis.settings.register_profile(
    "passport", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("passport")
pytest_plugins = ["tests.providers.fixtures"]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the test's thread


def pytest_configure():
    """A name that a template does not know is printed, for tests/client.py to see."""
    django_settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED_VARIABLE"


@pytest.fixture(autouse=True)
def _quiet_ground(settings, tmp_path):
    """Nothing of a test is written outside its folder, nothing is cached between tests, no name is left undefined."""
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MAIL_DIR = tmp_path / "mail"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _keys_at_hand(monkeypatch):
    """An RSA key takes a tenth of a second to make: tests take real ones from a small stock, in turn."""
    monkeypatch.setattr(keys, "new_rsa", lambda: next(_stock()))


@cache
def _stock():
    return cycle([new_rsa() for _number in range(3)])


@pytest.fixture(scope="session", autouse=True)
def _count_with_content_types_at_hand():
    """Counted queries do not depend on the tests before: a process asks for each content type once, and a flush of
    the database after a transactional test makes it forget them all."""
    enter = CaptureQueriesContext.__enter__

    def warm(counting):
        ContentType.objects.db_manager(counting.connection.alias).get_for_models(*apps.get_models())
        return enter(counting)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CaptureQueriesContext, "__enter__", warm)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Connections end with their request: a thread of a live server would hold the database that is dropped."""
    connection.settings_dict["CONN_MAX_AGE"] = 0


@pytest.fixture(scope="session", autouse=True)
def _let_go_of_the_database(django_db_setup, django_db_blocker):
    """What a server thread still holds at the end is closed, or the test database could not be dropped."""
    yield
    # There is none when no chosen test needs it: the name is then that of the site's own database.
    made = str(connection.settings_dict["NAME"]).startswith(TEST_DATABASE_PREFIX)
    if made and connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def client():
    return CheckingClient()


@pytest.fixture
def alice(db):
    """The holder."""
    return UserFactory(name="Alice Martin", email="alice@exemple.fr", password="alice a douze lettres")


@pytest.fixture
def bob(db):
    """Another member."""
    return UserFactory(name="Bob Leroy", email="bob@exemple.fr", password="bob a douze lettres")


@pytest.fixture
def olga(db):
    """Organiser of `amcsti`."""
    return UserFactory(
        name="Olga Petit", email="olga@exemple.fr", password="olga a douze lettres", is_staff=True
    )


@pytest.fixture
def amcsti(db, olga):
    issuer = IssuerFactory(name="Amcsti", slug="amcsti")
    IssuerMemberFactory(issuer=issuer, user=olga)
    return issuer


@pytest.fixture
def statement(db):
    """The data protection statement in force."""
    return LegalDocumentFactory()


@pytest.fixture
def signed_in():
    """A checking client signed in as the given person."""

    def sign_in(user) -> CheckingClient:
        browser = CheckingClient()
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return sign_in


class WriteRefused(AssertionError):
    pass


@pytest.fixture
def read_only():
    """A context in which the database refuses every write: what a GET must survive."""

    def refuse(execute, sql, params, many, context):
        word = sql.lstrip().split(" ", 1)[0].upper()
        if word in {"INSERT", "UPDATE", "DELETE"}:
            raise WriteRefused(sql[:200])
        return execute(sql, params, many, context)

    @contextmanager
    def guard():
        with connection.execute_wrapper(refuse):
            yield

    return guard


@pytest.fixture(scope="session")
def on_postgresql() -> bool:
    return django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
