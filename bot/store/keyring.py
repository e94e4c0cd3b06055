"""Store keys wrap data keys; a data key encrypts what one stream holds, bound to its place."""

import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bot.store.errors import Damaged, WrongKey

VERSION = 1
KEY_BYTES = 32
NONCE_BYTES = 12
ID_BYTES = 8

Chance = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Cipher:
    """One stream's data key. What it encrypts can be read back only for the same stream and place."""

    stream_id: str
    key_id: str
    key: bytes = field(repr=False)
    chance: Chance = field(repr=False)

    def encrypt(self, text: str, *place: str | int) -> str:
        """Base64 of nonce, ciphertext and tag."""
        nonce = self.chance(NONCE_BYTES)
        return b64encode(nonce + AESGCM(self.key).encrypt(nonce, text.encode(), self._bound(place))).decode()

    def decrypt(self, body: str, *place: str | int) -> str:
        """Raises Damaged for what was changed, moved, or encrypted with another key."""
        try:
            return _open(self.key, body, self._bound(place)).decode()
        except (InvalidTag, ValueError):
            raise Damaged(self.stream_id, "cannot be read: it was changed, or moved here", place) from None

    def derive(self, purpose: str) -> bytes:
        """A key of 32 bytes for another use, gone together with the data key."""
        return HKDFExpand(SHA256(), KEY_BYTES, f"countersign/{VERSION}/{purpose}".encode()).derive(self.key)

    def fingerprint(self, text: str) -> str:
        """Tells equal texts of the stream; says nothing to who does not hold the key."""
        return hmac.digest(self.derive("fingerprint"), text.encode(), "sha256").hex()

    def _bound(self, place: tuple[str | int, ...]) -> bytes:
        return json.dumps([VERSION, self.stream_id, self.key_id, *place]).encode()


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A data key as it is kept: `store_key` names what it is wrapped with."""

    key_id: str
    store_key: str
    body: str


@dataclass(frozen=True)
class StoreKey:
    """One key of the settings, and what is derived from it."""

    id: str
    secret: bytes = field(repr=False)

    @cached_property
    def wrapping(self) -> bytes:
        return self._derive("wrap")

    @cached_property
    def vouching(self) -> bytes:
        return self._derive("head")

    @cached_property
    def signing(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._derive("anchor"))

    @cached_property
    def public(self) -> str:
        return self.signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def _derive(self, purpose: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, b"countersign", f"{VERSION}/{purpose}".encode()).derive(self.secret)


class Keyring:
    """`keys` by their ids; the first wraps and signs, all of them read. `chance` gives that many random bytes."""

    def __init__(self, keys: Mapping[str, bytes], chance: Chance) -> None:
        self._keys = {id: StoreKey(id, secret) for id, secret in keys.items()}
        self.first = next(iter(self._keys.values()))
        self._chance = chance

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self._keys)})"

    def new(self, stream_id: str) -> tuple[Cipher, Wrapped]:
        cipher = Cipher(stream_id, self._chance(ID_BYTES).hex(), self._chance(KEY_BYTES), self._chance)
        return cipher, self.wrap(cipher)

    def wrap(self, cipher: Cipher) -> Wrapped:
        nonce, key = self._chance(NONCE_BYTES), self.first
        bound = _wrapping(cipher.stream_id, cipher.key_id, key.id)
        body = nonce + AESGCM(key.wrapping).encrypt(nonce, cipher.key, bound)
        return Wrapped(cipher.key_id, key.id, b64encode(body).decode())

    def unwrap(self, stream_id: str, kept: Wrapped) -> Cipher:
        """Raises WrongKey when settings do not hold its store key, or hold another under that name."""
        store_key = self._keys.get(kept.store_key)
        if store_key is None:
            raise WrongKey(kept.store_key, "settings do not hold it")
        try:
            key = _open(store_key.wrapping, kept.body, _wrapping(stream_id, kept.key_id, kept.store_key))
        except (InvalidTag, ValueError):
            raise WrongKey(kept.store_key, f"it does not open the data key of {stream_id}") from None
        return Cipher(stream_id, kept.key_id, key, self._chance)

    def vouch(self, *words: str | int) -> str:
        """Proves later that who wrote these words held the first store key."""
        return f"{self.first.id}:{_mac(self.first, words)}"

    def vouched(self, mark: str, *words: str | int) -> bool:
        name, _, mac = mark.partition(":")
        key = self._keys.get(name)
        return key is not None and hmac.compare_digest(mac.encode(), _mac(key, words).encode())

    def sign(self, message: bytes) -> str:
        """Ed25519, base64; the public key is `first.public`."""
        return b64encode(self.first.signing.sign(message)).decode()

    def holds(self, name: str) -> bool:
        return name in self._keys

    def signed(self, name: str, signature: str, message: bytes) -> bool:
        key = self._keys.get(name)
        return key is not None and verifies(key.public, signature, message)


def verifies(public: str, signature: str, message: bytes) -> bool:
    """`public` in hex, `signature` in base64."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(_raw(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _mac(key: StoreKey, words: tuple[str | int, ...]) -> str:
    return hmac.digest(key.vouching, json.dumps(words).encode(), "sha256").hex()


def _wrapping(stream_id: str, key_id: str, store_key: str) -> bytes:
    return json.dumps([VERSION, "data_keys", stream_id, key_id, store_key]).encode()


def _open(key: bytes, body: str, bound: bytes) -> bytes:
    raw = _raw(body)
    return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], bound)


def _raw(text: str) -> bytes:
    """Base64 has spare bits at its end: another text that gives the same bytes was changed, too. Raises ValueError."""
    raw = b64decode(text, validate=True)
    if b64encode(raw).decode() != text:
        raise ValueError
    return raw
