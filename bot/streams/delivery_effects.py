"""What is owed around the delivery of a package: its draft, its card, and the mails that a person let go."""

from typing import ClassVar, Literal

from bot.streams.effects import Effect, InAgents, InSlack, Lane


class DraftDelivery(InAgents):
    kind: Literal["agent.delivery"] = "agent.delivery"
    version: int


class PostDelivery(InSlack):
    """In the deal card's thread."""

    kind: Literal["delivery.post"] = "delivery.post"
    version: int


class RefreshDelivery(InSlack):
    coalesces: ClassVar[bool] = True
    kind: Literal["delivery.refresh"] = "delivery.refresh"


class MailPackage(Effect):
    """To the customer: the mail whose hash a person saw. `number` is 0 for the package's, else the follow-up's."""

    lane: ClassVar[Lane] = Lane.MAIL
    kind: Literal["package.mail"] = "package.mail"
    number: int
    seen: str
