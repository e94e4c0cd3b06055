"""Everything that a role may be allowed, and every step that may be taken without a person."""

from enum import StrEnum


class Permission(StrEnum):
    OPEN_DEAL = "deal.open"
    SEE_DEAL = "deal.see"
    REPRICE_DEAL = "deal.reprice"
    PAUSE_DEAL = "deal.pause"
    LINK_DEAL = "deal.link"
    MARK_CRITICAL = "deal.mark_critical"
    JUDGE_SIGNAL = "signal.judge"
    JUDGE_MEMO = "memo.judge"
    ANSWER_REDLINE = "redline.answer"
    DECIDE_APPROVAL = "approval.decide"
    OVERRIDE_APPROVAL = "approval.override"
    SEND_ENVELOPE = "envelope.send"
    VOID_ENVELOPE = "envelope.void"
    COUNTERSIGN_CONTRACT = "contract.countersign"
    TELL_INTEL = "intel.tell"
    DECIDE_INTEL = "intel.decide"
    DECIDE_HANDOFF = "handoff.decide"
    COMMENT_DOCUMENTS = "documents.comment"
    HOLD_DOCUMENTS = "documents.hold"
    READ_SHARED = "documents.read"
    SHARE_DOCUMENTS = "documents.share"
    GIVE_KUDOS = "kudos.give"
    SWITCH_LISTENING = "listening.switch"
    SET_PERSON = "person.settings"
    TAKE_STEP = "step.take"
    PAUSE_SYSTEM = "system.pause"
    ERASE_STREAM = "stream.erase"
    DECIDE_EFFECT = "effect.decide"
    DECIDE_ANY_EFFECT = "effect.decide_any"
    SET_AUTONOMY = "autonomy.set"
    REPORT_RESULT = "result.report"
    SIGN_AS_CUSTOMER = "customer.sign"


# Held by the system itself, who bears a link, or who has a shell on our machine: no group can be given them.
NOT_FOR_GROUPS = frozenset(
    {Permission.REPORT_RESULT, Permission.SIGN_AS_CUSTOMER, Permission.READ_SHARED, Permission.ERASE_STREAM}
)


class Step(StrEnum):
    """What Countersign does on its way, each with its own autonomy."""

    OPEN_DEAL = "open_deal"
    DRAFT_PACKAGE = "draft_package"
    PLAN_APPROVALS = "plan_approvals"
    SEND_CONTRACT = "send_contract"
    RESEND_CONTRACT = "resend_contract"
    REMIND_SIGNER = "remind_signer"
    COUNTERSIGN = "countersign"
    VOID_ENVELOPE = "void_envelope"
    CLOSE_OPPORTUNITY = "close_opportunity"
    BOOK_FINANCE = "book_finance"
    CREDIT = "credit"
    PAY = "pay"
    OFFER_HANDOFF = "offer_handoff"
    POST_WIN = "post_win"
    DELETE = "delete"


NEVER_ABOVE_ASK = frozenset(
    {
        Step.SEND_CONTRACT,
        Step.RESEND_CONTRACT,
        Step.COUNTERSIGN,
        Step.VOID_ENVELOPE,
        Step.CREDIT,
        Step.PAY,
        Step.DELETE,
    }
)
