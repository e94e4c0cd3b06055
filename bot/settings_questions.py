"""What `install` asks of the settings: their names, what each means, and whether a value would be taken."""

from collections.abc import Mapping

from pydantic import ValidationError
from pydantic_settings import EnvSettingsSource

from bot.settings import Settings, complaint, env_file
from bot.settings_files import secret

__all__ = ["env_file", "faults", "in_environment", "is_secret", "meaning", "names"]


def names() -> list[str]:
    """As variables of the environment."""
    return [name.upper() for name in Settings.model_fields]


def in_environment() -> dict[str, str]:
    """Those that are set there."""
    found = EnvSettingsSource(Settings).env_vars
    return {name: told for name in names() if (told := found.get(name.lower()))}


def is_secret(name: str) -> bool:
    return secret(Settings.model_fields[name.lower()])


def meaning(name: str) -> str:
    """What a variable is to be set to."""
    return Settings.model_fields[name.lower()].description or ""


def faults(values: Mapping[str, str]) -> dict[str, str]:
    """By their names: which are missing or refused, and what they should be. Never a value."""
    try:
        Settings.model_validate({name.lower(): value for name, value in values.items() if value})
    except ValidationError as wrong:
        told = (complaint(str(e["loc"][0]), e["type"], e["msg"]).partition(" ") for e in wrong.errors())
        return {name: fault for name, _, fault in told}
    return {}
