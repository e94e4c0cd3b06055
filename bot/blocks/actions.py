"""What can be pressed or submitted, and the route that a press carries back."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from bot.streams.ids import StreamId


class ActionId(StrEnum):
    DEAL_MORE = "deal.more"
    DEAL_OPEN = "deal.open"
    DEAL_RESUME = "deal.resume"
    PRICE_SHOW = "price.show"
    PRICE_CHANGE = "price.change"
    OFFER_CHOOSE = "offer.choose"
    APPROVALS_SHOW = "approvals.show"
    PROGRESS_SHARE = "progress.share"
    PACKAGE_AGAIN = "package.again"
    PACKAGE_OPEN = "package.open"
    PACKAGE_COMPARE = "package.compare"
    COMMENT_OPEN = "comment.open"
    COMMENT_ANSWER = "comment.answer"
    COMMENT_RESOLVE = "comment.resolve"
    SHARE_REVIEW = "share.review"
    SHARE_REVOKE = "share.revoke"
    HOLD_OPEN = "hold.open"
    HOLD_RELEASE = "hold.release"
    ENVELOPE_REVIEW = "envelope.review"
    ENVELOPE_SHOW = "envelope.show"
    CONTRACT_OPEN = "contract.open"
    CRM_ALIGN = "crm.align"
    SIGNAL_NOT_A_YES = "signal.not_a_yes"
    LISTENING_STOP = "listening.stop"
    LISTENING_START = "listening.start"
    APPROVAL_APPROVE = "approval.approve"
    APPROVAL_REJECT = "approval.reject"
    APPROVAL_COUNTER = "approval.counter"
    REDLINE_ACCEPT = "redline.accept"
    REDLINE_COUNTER = "redline.counter"
    REDLINE_ESCALATE = "redline.escalate"
    MEMO_ACCEPT = "memo.accept"
    MEMO_AMEND = "memo.amend"
    APPROVAL_PASS_ON = "approval.pass_on"
    COUNTERSIGN_REVIEW = "countersign.review"
    HANDOFF_ACCEPT = "handoff.accept"
    HANDOFF_SEND_BACK = "handoff.send_back"
    POLICY_APPROVE = "policy.approve"
    POLICY_DECLINE = "policy.decline"
    REQUEST_CLEAR = "request.clear"
    REQUEST_UNCLEAR = "request.unclear"
    REMINDER_LATER = "reminder.later"
    REQUEST_OPEN = "request.open"
    REQUEST_OPEN_ALL = "request.open_all"
    PARKED_RETRY = "parked.retry"
    PARKED_SKIP = "parked.skip"
    PARKED_COMPENSATE = "parked.compensate"
    KUDOS_GIVE = "kudos.give"
    DELIVERY_US = "delivery.us"
    DELIVERY_REP = "delivery.rep"
    DELIVERY_PRESENT = "delivery.present"
    DELIVERY_PRESENTED = "delivery.presented"
    FOLLOW_UP_SEND = "follow_up.send"
    FOLLOW_UP_LEAVE = "follow_up.leave"
    INTEL_TELL = "intel.tell"
    NEWS_CUSTOMER = "news.take_customer"
    NEWS_REP = "news.take_rep"
    NEWS_NO = "news.leave"
    PRACTICE_APPROVE = "practice.approve"
    PRACTICE_DECLINE = "practice.decline"
    STALE_SEEN = "stale.seen"
    DID_YOU_MEAN = "command.did_you_mean"
    HELP_OPEN = "help.open"
    HOME_ALL = "home.all"
    SETTINGS_OPEN = "settings.open"
    AWAY_OPEN = "away.open"
    LEND_OPEN = "lend.open"
    LEND_BACK = "lend.back"
    STEP_TAKE = "step.take"
    SYSTEM_STOP = "system.stop"
    SYSTEM_STOP_ONE = "system.stop_one"
    SYSTEM_RESUME = "system.resume"
    AUTONOMY_OPEN = "autonomy.open"


class ViewId(StrEnum):
    """callback_id of a modal."""

    ENVELOPE_SEND = "envelope.send"
    APPROVAL_REJECT = "approval.reject_reason"
    APPROVAL_PASS_ON = "approval.pass_on_to"
    PRICE_CHANGE = "price.change_terms"
    MEMO_AMEND = "memo.amend_words"
    COUNTERSIGN = "contract.countersign"
    HANDOFF_SEND_BACK = "handoff.send_back_reason"
    COMPARE = "package.compare_two"
    COMMENT = "comment.write"
    COMMENT_ANSWER = "comment.write_answer"
    SHARE = "share.send"
    HOLD = "hold.place"
    SETTINGS = "person.settings"
    AWAY = "person.away"
    LEND = "person.lend"
    OVERRIDE = "approval.override"
    SYSTEM_STOP = "system.stop_reason"
    AUTONOMY = "autonomy.change"
    DELIVERY_US = "delivery.mail_it"
    DELIVERY_REP = "delivery.rep_sends"
    DELIVERY_PRESENT = "delivery.hold_slot"
    NEWS_TELL = "news.tell"
    NOTICE = "notice.show"


class More(StrEnum):
    """Values of the deal card's overflow."""

    WHY = "why"
    DOCUMENTS = "documents"
    HISTORY = "history"
    PAUSE = "pause"
    HANDOFF = "handoff"


class Ref(BaseModel):
    """Routing only, never an amount, a name or an address. It rides in the block_id, or a modal's metadata."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    stream_id: StreamId
    slot: str
    about: str = ""  # which approval, signal or task of the stream
    seen: str = ""  # the hash of what the person looked at
