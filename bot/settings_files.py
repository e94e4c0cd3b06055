"""NAME_FILE instead of NAME: a secret that lies in a file, as container platforms and secret stores hand it over."""

from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource

LARGEST = 65_536
FILE = "_file"


class Misconfigured(Exception):
    """Names each variable that is missing or wrong, and what to set it to. Never its value."""


class WithFiles(PydanticBaseSettingsSource):
    """What `named` holds (the environment, or a `.env`), and the contents of the files that it names."""

    def __init__(self, settings_cls: type[BaseSettings], named: EnvSettingsSource) -> None:
        super().__init__(settings_cls)
        self._named = named

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return self._named.get_field_value(field, field_name)

    def __call__(self) -> dict[str, Any]:
        """Raises Misconfigured."""
        found = dict(self._named())
        for name, field in self.settings_cls.model_fields.items():
            path = self._named.env_vars.get(name + FILE)
            if path and secret(field):
                if name in found:
                    raise Misconfigured(f"{name.upper()} and {name.upper()}_FILE are both set: keep one of them")
                found[name] = _read(name, Path(path))
        return found


def secret(field: FieldInfo) -> bool:
    """Also an address that may hold a password, which is kept out of what is shown."""
    return field.annotation is SecretStr or not field.repr


def _read(name: str, path: Path) -> str:
    """Without the line's end that an editor leaves."""
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(LARGEST + 1)
    except (OSError, UnicodeDecodeError) as no:
        raise Misconfigured(f"{name.upper()}_FILE names no file that can be read: {type(no).__name__}") from None
    if len(text) > LARGEST:
        raise Misconfigured(f"{name.upper()}_FILE names a file that is too large for a secret")
    return text.rstrip("\r\n")
