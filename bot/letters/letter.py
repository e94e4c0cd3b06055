"""A letter as it is written, before it has an address."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str


Row = tuple[str, str]  # words, and the address that they link to


def written(
    subject: str, paragraphs: tuple[str, ...], url: str, label: str, foot: str, rows: tuple[Row, ...] = ()
) -> Letter:
    """The same words in both forms; each link stands alone on its line, `rows` before the last."""
    listed = [f"{words}:\n{where}" for words, where in rows]
    text = "\n\n".join([*paragraphs, *listed, f"{label}: {url}", foot])
    shown = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    shown += "".join(f"<p>{_linked(*row)}</p>" for row in rows)
    button = f"<p>{_linked(label, url)}</p>"
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>'
        f"{escape(subject)}</title></head><body>{shown}{button}<p>{escape(foot)}</p></body></html>"
    )
    return Letter(" ".join(subject.split()), text, html)


def _linked(words: str, url: str) -> str:
    return f'<a href="{escape(url, quote=True)}">{escape(words)}</a>'
