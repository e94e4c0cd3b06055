"""What a link needs: pictures of the pages, and the letter that carries it; and documents that are forgotten."""

from bot.figures.access import readable
from bot.figures.documents import SIGNED, of_version
from bot.letters import sharing as letters
from bot.playbook.access import CRM
from bot.streams.deal.contract import BuiltFile
from bot.streams.deal.deal import Deal
from bot.streams.deal.sharing import Drawn, RecordFiled, RecordPages, RecordShareSent
from bot.streams.document_effects import DrawPages, FileDocuments, ForgetFiles, SendShare
from bot.streams.ids import SYSTEM
from integrations.errors import Refused
from integrations.salesforce.port import CrmFile
from jobs.effects.how import Work
from jobs.effects.mail import letter_of


def draw(work: Work) -> RecordPages | None:
    """Of what the link shows and nobody has drawn yet; the same document makes the same pictures."""
    deal: Deal = work.state
    effect: DrawPages = work.effect
    share = deal.sharing.of(effect.share)
    if share is None or share.revoked is not None:
        return None
    from bot.pictures.pages import pages

    files = work.desk.ports.files
    there = [file for file, _ in of_version(deal, share.made.version) if file.hash in share.made.files]
    drawn = []
    for file in there:
        if not deal.sharing.pictures(file.hash):
            pictures = tuple(files.put(deal.id, picture) for picture in pages(files.get(deal.id, file.hash)))
            drawn.append(Drawn(file=file.hash, pictures=pictures))
            work.progress(f"{file.title}: {len(pictures)} pages drawn")
    return RecordPages(stream_id=deal.id, actor=SYSTEM, drawn=tuple(drawn)) if drawn else None


def send(work: Work) -> RecordShareSent | None:
    """Not when it was revoked before it left."""
    deal: Deal = work.state
    effect: SendShare = work.effect
    share = deal.sharing.of(effect.share)
    if share is None or share.revoked is not None or work.now >= share.made.ends_at:
        return None
    made = share.made
    rep = work.desk.known().name(made.by)
    written = letters.letter(made, work.desk.shares.url(made.share), work.desk.playbook, rep)
    work.desk.ports.mail.send(letter_of(work, made.name, made.email, written))
    return RecordShareSent(stream_id=deal.id, actor=SYSTEM, share=made.share)


def file_in_crm(work: Work) -> RecordFiled | None:
    """Each document as a version of one file of the opportunity; what is there already is left. The signed contract
    comes there when the deal is won, at its contract too."""
    deal: Deal = work.state
    effect: FileDocuments = work.effect
    allowed = readable(deal, effect.version, frozenset({CRM}), work.desk.playbook)
    documents = [file for file in allowed if file.template != SIGNED]
    if deal.opportunity is None:
        raise Refused("package.missing")
    if not documents:
        return None
    wanted = tuple(_crm_file(work, deal, file, effect.version) for file in documents)
    ids = work.desk.ports.crm.file(deal.opportunity.id, wanted)
    return RecordFiled(stream_id=deal.id, actor=SYSTEM, version=effect.version, files=ids)


def forget(work: Work) -> None:
    deal: Deal = work.state
    effect: ForgetFiles = work.effect
    for digest in effect.files:
        work.desk.ports.files.forget(deal.id, digest)


def _crm_file(work: Work, deal: Deal, file: BuiltFile, version: int) -> CrmFile:
    return CrmFile(
        key=f"{deal.id}:{file.template}:{version}",
        earlier=tuple(f"{deal.id}:{file.template}:{no}" for no in range(1, version)),
        title=f"{file.title} {file.number}",
        file_name=file.name,
        body=work.desk.ports.files.get(deal.id, file.hash),
    )
