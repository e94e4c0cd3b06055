"""How large an amount is, and no more: bands of a fifth of it, so that one can look for the like without the amount."""

from math import isqrt


def size_of(total: int) -> int:
    """0 for nothing; each band begins about 19% above the one before. `total` is not below zero."""
    return (total**4).bit_length()


def apart(size: int, total: int) -> int:
    """The least distance between `total` and any amount of that size."""
    return max(_least(size) - total, total - (_least(size + 1) - 1), 0)


def _least(size: int) -> int:
    """The smallest amount of that size, or of the next one that has any."""
    if size == 0:
        return 0
    power = 1 << (size - 1)
    root = isqrt(isqrt(power))
    return root if root**4 >= power else root + 1
