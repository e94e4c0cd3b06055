"""Every outside system the product may touch."""

from dataclasses import dataclass

from integrations.billing.port import Books
from integrations.calendar.port import Calendar
from integrations.files.port import Files
from integrations.mail.port import Mail
from integrations.salesforce.port import Crm
from integrations.seal.port import Seal
from integrations.slack.port import Slack


@dataclass(frozen=True, slots=True)
class Ports:
    slack: Slack
    crm: Crm
    mail: Mail
    books: Books
    files: Files
    seal: Seal
    calendar: Calendar | None = None
