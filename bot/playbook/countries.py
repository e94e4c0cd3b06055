"""Countries as people write them."""

from babel import Locale

_ENGLISH = Locale("en")


def country_name(code: str) -> str:
    """In English, of an ISO 3166-1 alpha-2 code; what is no such code stays as it is."""
    return str(_ENGLISH.territories.get(code, code))
