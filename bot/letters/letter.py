"""A letter as it is written, before it has an address."""

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str


def written(subject: str, paragraphs: tuple[str, ...], url: str, label: str, foot: str) -> Letter:
    """The same words in both forms; the link stands alone on its line."""
    text = "\n\n".join([*paragraphs, f"{label}: {url}", foot])
    shown = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    button = f'<p><a href="{escape(url, quote=True)}">{escape(label)}</a></p>'
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>'
        f"{escape(subject)}</title></head><body>{shown}{button}<p>{escape(foot)}</p></body></html>"
    )
    return Letter(" ".join(subject.split()), text, html)
