"""What a message says, for a terminal: names for mentions, signs for emoji, weight for stars."""

import re
from collections.abc import Mapping

from rich.text import Text

MENTION = re.compile(r"<@([A-Z0-9]+)>")
BOLD = re.compile(r"(?<![\w*])\*([^*\n]+)\*(?![\w*])")
EMOJI = {
    ":white_check_mark:": "✓",
    ":hourglass_flowing_sand:": "…",
    ":warning:": "!",
    ":no_entry:": "✗",
    ":x:": "✗",
    ":tada:": "★",
    ":wave:": "",
}
ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def spoken(words: str, names: Mapping[str, str]) -> str:
    """Slack's marks as a reader sees them; `names` by user id."""
    told = MENTION.sub(lambda found: "@" + names.get(found[1], found[1]), words)
    for code, sign in EMOJI.items():
        told = told.replace(code, sign)
    for mark, letter in ESCAPED:
        told = told.replace(mark, letter)
    return told


def styled(words: str) -> Text:
    """Stars become weight, and are gone."""
    text = Text()
    for index, part in enumerate(BOLD.split(words)):
        text.append(part, "bold" if index % 2 else "")
    return text
