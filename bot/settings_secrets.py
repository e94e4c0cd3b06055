"""Which secrets are refused: empty, of an example, too short, or known to everybody. No value is ever shown."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr

SHORTEST_KEY = 32
FEWEST_DIFFERENT_BYTES = 16  # of 32 random bytes, fewer than 16 different ones do not happen
FEWEST_LETTERS = 4
KEY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}", re.ASCII)
BOT, APP = "xoxb-", "xapp-"
SANDBOX = "sandbox"  # all keys of the sandbox that are printed in this repository have it in them
PLACEHOLDERS = frozenset({"default", "none", "null", "password", "secret", "test", "todo", "token"})
UNFILLED = ("…", "...", "change-me", "change_me", "changeme", "example", "placeholder", "xxxx", "your-", "your_")


def placeholder(text: str) -> bool:
    """It stands where a secret should be: a word of an example, or nearly nothing."""
    word = text.strip().casefold()
    bare = word.removeprefix(BOT).removeprefix(APP)
    brackets = word.startswith("<") and word.endswith(">")
    return brackets or bare in PLACEHOLDERS or len(set(bare)) < FEWEST_LETTERS or any(part in bare for part in UNFILLED)


def refuse_weak(text: str) -> None:
    """Raises ValueError."""
    if not text.strip():
        raise ValueError("must not be empty")
    if placeholder(text):
        raise ValueError("is still a placeholder")


def store_keys(text: str) -> dict[str, bytes]:
    """`id:hex` with commas between, in order. Raises ValueError, which never shows a key."""
    keys: dict[str, bytes] = {}
    for part in text.split(","):
        name, _, key = part.strip().partition(":")
        if not KEY_NAME.fullmatch(name) or name in keys:
            raise ValueError("must be id:key with commas between, and each id a different short word")
        keys[name] = _store_key(key)
    return keys


def _store_key(text: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        raise ValueError("must hold each key in hexadecimal digits") from None
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"must hold keys of at least {SHORTEST_KEY} bytes, which is {2 * SHORTEST_KEY} digits")
    if len(set(key)) < FEWEST_DIFFERENT_BYTES or bytes(sorted(set(key))) == key:
        raise ValueError("must hold random keys: this one is a pattern that anybody can guess")
    return key


def _given(secret: SecretStr) -> SecretStr:
    refuse_weak(secret.get_secret_value())
    return secret


def _ours(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value().encode()) < SHORTEST_KEY:
        raise ValueError(f"must be at least {SHORTEST_KEY} bytes long")
    return _given(secret)


def _bot_token(secret: SecretStr) -> SecretStr:
    if not _given(secret).get_secret_value().startswith(BOT):
        raise ValueError(f"must be the bot's token, which begins with {BOT}")
    return secret


def _app_token(secret: SecretStr) -> SecretStr:
    if not _given(secret).get_secret_value().startswith(APP):
        raise ValueError(f"must be the app-level token, which begins with {APP}")
    return secret


def _store_keys(keys: SecretStr) -> SecretStr:
    store_keys(keys.get_secret_value())
    return keys


def _smtp(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtp+starttls", "smtps") or not parts.hostname:
        raise ValueError("must be smtp://, smtp+starttls:// or smtps://, and a host")
    if parts.password is not None:
        refuse_weak(parts.password)
    return url


Secret = Annotated[SecretStr, AfterValidator(_given)]
OurSecret = Annotated[SecretStr, AfterValidator(_ours)]
AppToken = Annotated[SecretStr, AfterValidator(_app_token)]
BotToken = Annotated[SecretStr, AfterValidator(_bot_token)]
StoreKeys = Annotated[SecretStr, AfterValidator(_store_keys)]
SmtpUrl = Annotated[str, AfterValidator(_smtp)]
