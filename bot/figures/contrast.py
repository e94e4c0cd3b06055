"""How well a colour is read on white."""

CHANNELS = (0.2126, 0.7152, 0.0722)


def contrast(colour: str) -> float:
    """Of `#RRGGBB` on white, 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    return 1.05 / (sum(w * _linear(c) for w, c in zip(CHANNELS, rgb(colour), strict=True)) + 0.05)


def rgb(colour: str) -> tuple[float, float, float]:
    """From `#RRGGBB`, each 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
