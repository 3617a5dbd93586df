import pytest
from django.core.exceptions import ImproperlyConfigured

from passport.lib import environment as env


def test_a_value_comes_from_the_environment_from_a_file_or_from_the_default(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.setenv("GIVEN", "given")
    monkeypatch.setenv("EMPTY", "")
    monkeypatch.setenv("KEPT_FILE", str(tmp_path / "secret"))

    assert [env.text(n, "default") for n in ("GIVEN", "EMPTY", "ABSENT", "KEPT")] == [
        "given",
        "default",
        "default",
        "from a file",
    ]


def test_a_secret_file_that_is_missing_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("KEPT_FILE", str(tmp_path / "nothing"))

    with pytest.raises(ImproperlyConfigured, match="KEPT_FILE"):
        env.text("KEPT")


@pytest.mark.parametrize("value", ["maybe", "2", "vrai"])
def test_a_flag_refuses_odd_values(monkeypatch, value):
    monkeypatch.setenv("DEBUG", value)

    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        env.flag("DEBUG", default=False)


@pytest.mark.parametrize("value", ["-1", "0", "many", "1.5", "²"])
def test_a_number_refuses_odd_values(monkeypatch, value):
    monkeypatch.setenv("PORT", value)

    with pytest.raises(ImproperlyConfigured, match="PORT"):
        env.number("PORT", 8000, minimum=1)


@pytest.mark.parametrize("value", ["1,x", "1.5", "-1", "²"])
def test_numbers_refuse_odd_values(monkeypatch, value):
    monkeypatch.setenv("WAITS", value)

    with pytest.raises(ImproperlyConfigured, match="WAITS"):
        env.numbers("WAITS", "1")


def test_numbers_are_separated_by_commas(monkeypatch):
    assert env.numbers("WAITS", "60, 300") == [60, 300]
    monkeypatch.setenv("WAITS", "2,4")
    assert env.numbers("WAITS", "60, 300") == [2, 4]


@pytest.mark.parametrize(
    "value",
    [
        "rebonds",
        "Nom <r@exemple.fr>",
        "r+x@exemple.fr",
        "r@exemple",
        "a" * 29 + "@exemple.fr",
        "é@exemple.fr",
    ],
)
def test_an_address_to_be_signed_refuses_odd_values(monkeypatch, value):
    monkeypatch.setenv("BOUNCE_ADDRESS", value)

    with pytest.raises(ImproperlyConfigured, match="BOUNCE_ADDRESS"):
        env.address("BOUNCE_ADDRESS")


def test_an_address_to_be_signed_may_be_left_out(monkeypatch):
    assert env.address("BOUNCE_ADDRESS") == ""
    monkeypatch.setenv("BOUNCE_ADDRESS", "rebonds@exemple.fr")
    assert env.address("BOUNCE_ADDRESS") == "rebonds@exemple.fr"


def test_a_secret_is_made_once_and_kept_to_its_owner(tmp_path):
    first = env.kept_secret("NO_SUCH_SECRET", tmp_path / "secrets")

    assert len(first) >= 48
    assert env.kept_secret("NO_SUCH_SECRET", tmp_path / "secrets") == first
    (file,) = (tmp_path / "secrets").iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == ("no_such_secret", 0o600)


def test_a_damaged_secret_is_refused(tmp_path):
    (tmp_path / "no_such_secret").write_text("short")

    with pytest.raises(ImproperlyConfigured, match="delete it"):
        env.kept_secret("NO_SUCH_SECRET", tmp_path)
