"""Settings: typed, checked at start, documented."""

from pathlib import Path

import pytest

from geoapp.errors import ConfigError
from geoapp.settings import Settings, load_settings, variable_of


def test_without_variables_the_defaults_hold() -> None:
    """A fresh machine needs no settings."""
    assert Settings() == load_settings({})


def test_variables_are_understood_by_their_type() -> None:
    """Numbers, switches and folders come out as such."""
    settings = load_settings({"GEOAPP_PORT": "8123", "GEOAPP_DEMO": "false", "GEOAPP_VAR_DIR": "elsewhere"})
    assert (8123, False, Path("elsewhere")) == (settings.port, settings.demo, settings.var_dir)


def test_all_faults_are_told_at_once_by_name() -> None:
    """Three wrong variables make one message with three lines."""
    with pytest.raises(ConfigError) as refused:
        load_settings({"GEOAPP_PORT": "many", "GEOAPP_WORKERS": "0", "GEOAPP_COLOUR": "red"})
    text = str(refused.value)
    assert all(name in text for name in ("GEOAPP_PORT", "GEOAPP_WORKERS", "GEOAPP_COLOUR: not a setting"))


def test_the_password_of_a_wrong_address_is_not_told() -> None:
    """A refused DATABASE_URL does not end up in a log."""
    with pytest.raises(ConfigError) as refused:
        load_settings({"DATABASE_URL": "mysql://me:secret@host/db"})
    assert "secret" not in str(refused.value)
    assert "DATABASE_URL" in str(refused.value)


@pytest.mark.parametrize("url", ["postgresql://me:secret@host:port/db", "postgresql://me:secret:1/2@host/db"])
def test_an_address_that_cannot_be_read_is_told_with_its_form(url: str) -> None:
    """A password with signs in it is the usual reason; the message says how to write them, and not the password."""
    with pytest.raises(ConfigError, match="DATABASE_URL: expected user:password@host:port/database.*%40") as refused:
        load_settings({"DATABASE_URL": url})
    assert "secret" not in str(refused.value)


def test_settings_cannot_be_changed() -> None:
    """One frozen object."""
    with pytest.raises(ValueError, match="frozen"):
        load_settings({}).port = 1  # type: ignore[misc]


def test_the_docs_list_every_setting_and_no_other(repository: Path) -> None:
    """docs/settings.md has one row a setting, with its default and its meaning."""
    lines = (repository / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()
    rows = {line.split("|")[1].strip(" `"): line for line in lines if line.startswith("| `")}
    assert {variable_of(name) for name in Settings.model_fields} == set(rows)
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        assert (default.lower(), field.description) == (
            rows[variable_of(name)].split("|")[2].strip().lower(),
            rows[variable_of(name)].split("|")[3].strip(),
        )
