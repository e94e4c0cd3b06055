"""Names that are nearly the same: misspelt, or made to be mistaken."""

import re
from collections.abc import Iterator

MOST = 2  # letters that a misspelling differs by
SHORT = 4  # letters; of words as short as that, one letter is all that may differ


def distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, drop or swap with the next; above `most` it is only said to be more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, last = list(range(len(other) + 1)), list[int]()
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if last and j > 1 and (letter, one[i - 2]) == (other[j - 2], against):
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        last, before = before, row
    return before[-1]


def near_names(name: str, text: str, least: int = SHORT + 1) -> Iterator[str]:
    """Each wording in the text that is the name but for a letter or two; its case and its punctuation do not count.
    A word of less than `least` letters is never taken for another one: short words are often like each other."""
    wanted = name.split()
    many = len(wanted)
    if many < 2:
        return
    whole, seen = _plain(name), set[str]()
    keys = [_plain(word) for word in wanted]
    words = text.split()
    plain = [_plain(word) for word in words]
    for at in range(len(words) - many + 1):
        window = plain[at : at + many]
        alike = sum(a == b for a, b in zip(window, keys, strict=True))
        if many - alike != 1 or (said := " ".join(words[at : at + many]).strip(".,;:()")) in seen:
            continue
        seen.add(said)
        off = next((a, b) for a, b in zip(window, keys, strict=True) if a != b)
        length = min(map(len, off))
        most = MOST if length > SHORT else 1
        if length >= least and _plain(said) != whole and distance(*off, most) <= most:
            yield said


def _plain(text: str) -> str:
    return re.sub(r"[^\w& ]", "", re.sub(r"[’']s\b", "", text)).casefold()
