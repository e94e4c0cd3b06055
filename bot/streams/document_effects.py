"""What is owed around the documents of a deal: compared, drawn as pages, shared, put in Salesforce, forgotten."""

from typing import ClassVar, Literal

from bot.streams.effects import Effect, InAgents, InSalesforce, InSlack, Lane


class BuildComparison(InAgents):
    kind: Literal["agent.comparison"] = "agent.comparison"
    no: int


class PostComparison(InSlack):
    """The file and its card, in the deal card's thread."""

    kind: Literal["comparison.post"] = "comparison.post"
    no: int


class DrawPages(InAgents):
    """Each page of the documents of a share as a picture, for who reads them in a browser."""

    kind: Literal["agent.pages"] = "agent.pages"
    share: str


class SendShare(Effect):
    """To somebody at the customer: the letter with her own link."""

    lane: ClassVar[Lane] = Lane.MAIL
    kind: Literal["share.send"] = "share.send"
    share: str


class FileDocuments(InSalesforce):
    """What Salesforce may hold of a version, each as a file of the opportunity."""

    kind: Literal["documents.file"] = "documents.file"
    version: int


class ForgetFiles(InAgents):
    """Deleted where documents lie; `files` are their hashes."""

    kind: Literal["agent.forget_files"] = "agent.forget_files"
    files: tuple[str, ...]
