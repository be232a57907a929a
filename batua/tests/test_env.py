"""The environment's values: read strictly, and a sentence with the name and an example when one is missing or wrong."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from batua import env


def test_a_missing_value_is_named_with_an_example(monkeypatch):
    monkeypatch.delenv("SITE_URL", raising=False)

    with pytest.raises(env.EnvironmentFault, match=r"SITE_URL, for example SITE_URL=https://batua\.example"):
        env.text("SITE_URL", example="https://batua.example")


def test_blanks_count_as_missing(monkeypatch):
    monkeypatch.setenv("MAIL_FROM", "  ")

    assert env.text("MAIL_FROM", "nobody") == "nobody"


@pytest.mark.parametrize(
    ("written", "meant"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("false", False)]
)
def test_a_flag_understands_the_usual_words(monkeypatch, written, meant):
    monkeypatch.setenv("DEBUG", written)

    assert env.flag("DEBUG", default=not meant) is meant


@pytest.mark.parametrize("written", ["2", "ja", "tru"])
def test_a_flag_refuses_what_it_does_not_understand(monkeypatch, written):
    monkeypatch.setenv("DEBUG", written)

    with pytest.raises(env.EnvironmentFault, match="DEBUG is"):
        env.flag("DEBUG", default=False)


@pytest.mark.parametrize("written", ["80a", "-1", "8e3", "٨٠"])
def test_a_number_refuses_anything_but_digits(monkeypatch, written):
    monkeypatch.setenv("PORT", written)

    with pytest.raises(env.EnvironmentFault, match="PORT is"):
        env.number("PORT", 8000)


def test_a_list_is_split_at_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "batua.example, ,localhost")

    assert env.words("ALLOWED_HOSTS") == ["batua.example", "localhost"]


def test_a_secret_comes_from_the_file_that_is_named(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from the file\n")
    monkeypatch.setenv("SECRET_KEY", "from the environment")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))

    assert env.secret("SECRET_KEY") == "from the file"


def test_a_secret_file_that_cannot_be_read_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "nowhere"))

    with pytest.raises(env.EnvironmentFault, match="SECRET_KEY_FILE"):
        env.secret("SECRET_KEY")


def test_a_derived_secret_is_neither_the_other_one_nor_asked_for(monkeypatch):
    monkeypatch.delenv("JWT_KEY", raising=False)

    made = env.secret("JWT_KEY", derived_from="the secret key")

    assert made == env.secret("JWT_KEY", derived_from="the secret key")
    assert "the secret key" not in made
    assert len(made) == 64
    monkeypatch.setenv("JWT_KEY", "one of its own")
    assert env.secret("JWT_KEY", derived_from="the secret key") == "one of its own"


def test_a_secret_that_is_too_short_or_missing_stops_the_start(monkeypatch):
    monkeypatch.setenv("JWT_KEY", "short")
    with pytest.raises(env.EnvironmentFault, match="JWT_KEY has 5 characters: take 32"):
        env.secret("JWT_KEY", shortest=32)

    monkeypatch.delenv("JWT_KEY")
    with pytest.raises(env.EnvironmentFault, match="Set JWT_KEY"):
        env.secret("JWT_KEY", shortest=32)


def test_a_kept_secret_is_made_once_however_many_ask_at_once(monkeypatch, tmp_path):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    path = tmp_path / "var" / "secret-key"

    with ThreadPoolExecutor(4) as pool:
        secrets = set(pool.map(lambda _: env.secret("SECRET_KEY", kept_in=path), range(8)))

    assert secrets == {path.read_text()}
    assert len(path.read_text()) > 40
    assert path.stat().st_mode & 0o077 == 0
    assert os.listdir(path.parent) == ["secret-key"]


def test_an_address_of_a_database_is_taken_apart(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://asha:p%40ss@db:5433/books?sslmode=require")

    assert env.database("DATABASE_URL") == {
        "ENGINE": "django_prometheus.db.backends.postgresql",
        "NAME": "books",
        "USER": "asha",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_folder_may_be_the_host(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://asha@/books?host=/run/postgresql")

    assert env.database("DATABASE_URL")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize("address", ["mysql://localhost/books", "postgresql://localhost", "books"])
def test_what_is_no_address_of_postgresql_is_refused(monkeypatch, address):
    monkeypatch.setenv("DATABASE_URL", address)

    with pytest.raises(env.EnvironmentFault, match="DATABASE_URL must look like"):
        env.database("DATABASE_URL")
