"""Which of Slack's messages people spoke, and their words as they were typed."""

SUBTYPES = frozenset({None, "thread_broadcast", "file_share"})
LONGEST = 40_000


def typed(text: str) -> str:
    """Slack escapes three characters (docs.slack.dev, formatting message text)."""
    return text[:LONGEST].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
