"""Every command there is: who may give it, what its rule is shown of other streams, and the rule."""

from typing import Any

from bot.agents import taking
from bot.agents.approvals import (
    asking_back,
    countering,
    deciding,
    escalating,
    holding_time,
    looking_back,
    overriding,
    plan,
    relieving,
    risking,
    telling,
)
from bot.agents.approvals import reminding as reminders_due
from bot.agents.closure import moving, opening, signals, stopping
from bot.agents.company import ageing, keeping, looking, policing, switching, troubling
from bot.agents.company import people as staff
from bot.agents.company import stopping as stops
from bot.agents.company import stranded as giving_up_here
from bot.agents.contracts import (
    comments,
    comparing,
    delivering,
    following,
    memo,
    noting,
    offers,
    package,
    papers,
    redlines,
    retention,
    sharing,
)
from bot.agents.finance import booking
from bot.agents.handoff import offering, welcoming
from bot.agents.integration import closing
from bot.agents.integration import parked as giving_up
from bot.agents.learning import news as learning_news
from bot.agents.learning import practising, proposing, remembering, winning
from bot.agents.people import coding, inbox, leaving, routing, wishes
from bot.agents.people import feedback as asked_after
from bot.agents.people import lending as lends
from bot.agents.people import reminding as reminded
from bot.agents.quality import recording
from bot.agents.signature import sealing, sending, signing
from bot.agents.table_critical import CRITICAL
from bot.playbook.permissions import Permission
from bot.streams.company import (
    autonomy,
    calendar,
    company,
    policy,
    practices,
    proposals,
    roster,
    stale,
    stranded,
    troubles,
)
from bot.streams.company import keeping as kept
from bot.streams.customer import customer, negotiation
from bot.streams.deal import (
    afterwards,
    approvals,
    books,
    bottlenecks,
    envelope,
    handoff,
    overrides,
    parked,
    standing,
    steps,
)
from bot.streams.deal import asking_back as back
from bot.streams.deal import comments as said
from bot.streams.deal import comparing as compared
from bot.streams.deal import delivery as delivered
from bot.streams.deal import held_time as in_calendars
from bot.streams.deal import memo as reasoned
from bot.streams.deal import moving as moved
from bot.streams.deal import offers as offered
from bot.streams.deal import opening as opened
from bot.streams.deal import package as packed
from bot.streams.deal import papers as beside
from bot.streams.deal import progress as far
from bot.streams.deal import redlines as returned
from bot.streams.deal import reminders as remembered
from bot.streams.deal import retention as keep
from bot.streams.deal import risks as uncertain
from bot.streams.deal import sharing as shared
from bot.streams.deal import signals as heard
from bot.streams.decision import Command, Rule
from bot.streams.news import news
from bot.streams.past import past
from bot.streams.person import codes, delivery, feedback, lending, person, reminding, settings

Row = tuple[Permission, tuple[str, ...], Rule[Any, Any]]
REPORT = Permission.REPORT_RESULT
BEARER = Permission.SIGN_AS_CUSTOMER
PEOPLE = ("colleagues",)
FORETELLING = ("colleagues", "paces", "weekdays", "busy")
PACED = ("colleagues", "paces")
LEARNT = ("colleagues", "past_deals", "past_of")

RULES: dict[type[Command], Row] = {
    # closure: the deal opens, the yes is heard
    opened.NoticeOpportunity: (REPORT, (), opening.notice),
    opened.RecordOpportunity: (REPORT, PEOPLE, opening.record),
    opened.BindChannels: (REPORT, (), opening.bind),
    opened.RecordCard: (REPORT, (), opening.record_card),
    opened.RecordIntroduction: (REPORT, (), opening.record_introduction),
    opened.SwitchListening: (Permission.SWITCH_LISTENING, (), stopping.switch),
    opened.PauseDeal: (Permission.PAUSE_DEAL, (), stopping.pause),
    opened.ResumeDeal: (Permission.PAUSE_DEAL, (), stopping.resume),
    opened.ReportTrouble: (REPORT, (), stopping.report),
    moved.NoticeReaders: (REPORT, (), moving.notice),
    moved.RecordReaders: (REPORT, (), moving.record),
    moved.PutPostOff: (REPORT, (), moving.put_off),
    heard.HearMessage: (REPORT, (), signals.hear),
    heard.CatchUp: (REPORT, (), signals.catch_up),
    heard.WeighMessage: (REPORT, (*LEARNT, "autonomy"), signals.weigh),
    heard.JudgeSignal: (Permission.JUDGE_SIGNAL, (), signals.judge),
    heard.RecordSignalCard: (REPORT, (), signals.record_card),
    # contracts and quality: the package
    packed.RecordPackage: (REPORT, (*PEOPLE, "news"), package.record),
    packed.RecordFailure: (REPORT, (), package.record_failure),
    packed.RecordPackagePosted: (REPORT, (), package.record_posted),
    beside.RecordPapers: (REPORT, (), papers.record),
    beside.RecordPapersPosted: (REPORT, (), papers.record_posted),
    reasoned.RecordMemo: (REPORT, PEOPLE, memo.record),
    reasoned.JudgeMemo: (Permission.JUDGE_MEMO, (), memo.judge),
    standing.RecordStandingPosted: (REPORT, (), package.record_standing_posted),
    returned.RecordRedline: (REPORT, (), redlines.record),
    returned.RecordRedlinePosted: (REPORT, (), redlines.record_posted),
    returned.AnswerChange: (Permission.ANSWER_REDLINE, PEOPLE, redlines.answer),
    packed.Reprice: (Permission.REPRICE_DEAL, (), package.reprice),
    offered.AskOffers: (Permission.REPRICE_DEAL, (), offers.ask),
    offered.RecordOffers: (REPORT, (), offers.record),
    packed.DraftAgain: (Permission.REPRICE_DEAL, (), package.draft_again),
    packed.RecordChecks: (REPORT, ("autonomy",), recording.record),
    # documents: compared, read, commented, kept
    compared.CompareVersions: (Permission.SEE_DEAL, (), comparing.ask),
    compared.RecordComparison: (REPORT, (), comparing.record),
    shared.OpenVersion: (Permission.SEE_DEAL, PEOPLE, sharing.open_version),
    shared.ShareDocuments: (Permission.SHARE_DOCUMENTS, ("stops",), sharing.share),
    shared.RecordShareSent: (REPORT, (), sharing.record_sent),
    shared.RecordPages: (REPORT, (), sharing.record_pages),
    shared.RecordFiled: (REPORT, (), sharing.record_filed),
    shared.OpenShare: (Permission.READ_SHARED, PEOPLE, sharing.open_share),
    shared.ReportReading: (Permission.READ_SHARED, PEOPLE, sharing.report_reading),
    shared.RevokeShare: (Permission.SEE_DEAL, (), sharing.revoke),
    said.CommentOnClause: (Permission.COMMENT_DOCUMENTS, PEOPLE, comments.comment),
    said.CommentAsReader: (Permission.READ_SHARED, (), comments.comment_as_reader),
    said.AnswerComment: (Permission.COMMENT_DOCUMENTS, (), comments.answer),
    said.ResolveComment: (Permission.COMMENT_DOCUMENTS, (), comments.resolve),
    keep.PlaceHold: (Permission.HOLD_DOCUMENTS, (), retention.hold),
    keep.ReleaseHold: (Permission.HOLD_DOCUMENTS, (), retention.release),
    keep.ForgetDocuments: (REPORT, (), retention.forget),
    # the delivery: chosen by a person, and what comes back
    delivered.RecordDraft: (REPORT, (), delivering.record),
    delivered.RecordDeliveryPosted: (REPORT, (), delivering.record_posted),
    delivered.ChooseDelivery: (Permission.SEND_ENVELOPE, ("stops",), delivering.choose),
    delivered.SendDue: (REPORT, (), delivering.send_due),
    delivered.SayPresented: (Permission.SEND_ENVELOPE, (), delivering.presented),
    delivered.RecordMailed: (REPORT, (), delivering.record_mailed),
    delivered.NoticeMail: (REPORT, (), following.notice),
    delivered.ProposeFollowUp: (REPORT, (), following.propose),
    delivered.AnswerFollowUp: (Permission.SEND_ENVELOPE, ("stops",), following.answer),
    # approvals
    approvals.PlanApprovals: (REPORT, PACED, plan.plan),
    approvals.AnswerOffer: (REPORT, PACED, plan.answer_offer),
    approvals.ApprovalOverdue: (REPORT, PACED, escalating.escalate),
    bottlenecks.LookForBottlenecks: (REPORT, (*PACED, "tempos", "queues"), relieving.look),
    far.ShareProgress: (Permission.SEND_ENVELOPE, (), telling.share),
    remembered.RemindApprover: (REPORT, (*PACED, "reminded"), reminders_due.remind),
    approvals.Approve: (Permission.DECIDE_APPROVAL, PEOPLE, deciding.approve),
    approvals.Reject: (Permission.DECIDE_APPROVAL, PEOPLE, deciding.reject),
    approvals.PassOn: (Permission.DECIDE_APPROVAL, PEOPLE, deciding.pass_on),
    **CRITICAL,
    overrides.ReplaceApprover: (Permission.OVERRIDE_APPROVAL, PEOPLE, overriding.replace_approver),
    overrides.WaiveApproval: (Permission.OVERRIDE_APPROVAL, PEOPLE, overriding.waive),
    overrides.GrantException: (Permission.OVERRIDE_APPROVAL, PEOPLE, overriding.grant_exception),
    overrides.EndOverride: (REPORT, (), overriding.end),
    afterwards.LookBack: (REPORT, (), looking_back.look),
    afterwards.RecordAfterwards: (REPORT, (), looking_back.record),
    # signature
    envelope.SendForSignature: (Permission.SEND_ENVELOPE, ("stops", "autonomy"), sending.send),
    envelope.RecordInvitation: (REPORT, (), sending.record_invitation),
    envelope.RemindSigner: (REPORT, ("autonomy",), sending.remind),
    envelope.ExpireEnvelope: (REPORT, (), sending.expire),
    envelope.RecordCopies: (REPORT, (), sending.record_copies),
    envelope.OpenPage: (BEARER, (), signing.open_page),
    envelope.GiveConsent: (BEARER, (), signing.consent),
    envelope.OpenDocument: (BEARER, (), signing.open_document),
    envelope.Sign: (BEARER, (), signing.sign),
    envelope.DeclineToSign: (BEARER, (), signing.decline),
    envelope.CounterSign: (Permission.COUNTERSIGN_CONTRACT, ("autonomy",), signing.countersign),
    envelope.RecordSealed: (REPORT, ("autonomy",), sealing.record),
    # what was given up
    parked.ReportParked: (REPORT, (), giving_up.report),
    parked.DecideParked: (Permission.DECIDE_EFFECT, (), giving_up.decide),
    # integration and finance: closed won, and the books
    books.RecordClosed: (REPORT, ("autonomy",), closing.record_closed),
    books.AlignCrm: (Permission.SEND_ENVELOPE, (), closing.align),
    books.RecordAttached: (REPORT, (), closing.record_attached),
    books.BookFinance: (REPORT, (), booking.book),
    books.RecordBooked: (REPORT, (), booking.record),
    # handoff and learning
    handoff.OfferHandoff: (REPORT, PEOPLE, offering.offer_handoff),
    handoff.AcceptHandoff: (Permission.DECIDE_HANDOFF, (), offering.accept),
    handoff.ReturnHandoff: (Permission.DECIDE_HANDOFF, (), offering.send_back),
    handoff.HandoffUnanswered: (REPORT, (), offering.unanswered),
    customer.WelcomeCustomer: (REPORT, (), welcoming.welcome),
    negotiation.NoteNegotiation: (REPORT, (), noting.note),
    handoff.Celebrate: (REPORT, LEARNT, winning.celebrate),
    handoff.RecordWin: (REPORT, (), winning.record_win),
    handoff.GiveKudos: (Permission.GIVE_KUDOS, (), winning.kudos),
    uncertain.LookAtRisk: (REPORT, FORETELLING, risking.look),
    uncertain.Mitigate: (Permission.REPRICE_DEAL, (*FORETELLING, "reminded"), risking.mitigate),
    back.AskBack: (Permission.DECIDE_APPROVAL, PEOPLE, asking_back.ask),
    back.AnswerBack: (Permission.REPRICE_DEAL, (), asking_back.answer),
    back.ApproveAt: (Permission.DECIDE_APPROVAL, PEOPLE, countering.approve_at),
    back.LeaveCounter: (Permission.REPRICE_DEAL, (), countering.leave),
    in_calendars.HoldTime: (Permission.DECIDE_APPROVAL, PEOPLE, holding_time.hold),
    in_calendars.RecordFreed: (REPORT, (), holding_time.record_freed),
    # steps that waited for a person
    steps.TakeStep: (Permission.TAKE_STEP, (*LEARNT, "autonomy"), taking.take),
    # people
    person.RecordPerson: (REPORT, (), inbox.record),
    person.OfferTask: (REPORT, (), inbox.offer),
    person.CloseTask: (REPORT, (), inbox.close),
    person.ShowAgain: (REPORT, (), inbox.show_again),
    codes.ShowRequest: (Permission.READ_SHARED, (), inbox.show),
    codes.AskCode: (Permission.READ_SHARED, (), coding.ask),
    codes.TryCode: (Permission.READ_SHARED, (), coding.take),
    codes.UseCode: (Permission.DECIDE_APPROVAL, (), coding.use),
    person.RateRequest: (Permission.SET_PERSON, (), inbox.rate),
    delivery.RecordTaskPosted: (REPORT, (), inbox.record_posted),
    delivery.SendBundle: (REPORT, (), routing.send_bundle),
    delivery.OpenRequests: (Permission.SET_PERSON, (), routing.open_requests),
    delivery.RecordBundlePosted: (REPORT, (), routing.record_bundle),
    reminding.Remind: (REPORT, (), reminded.remind),
    reminding.SendReminders: (REPORT, (), reminded.send_held),
    reminding.PutOffReminder: (Permission.SET_PERSON, (), reminded.put_off),
    reminding.RecordReminderPosted: (REPORT, (), reminded.record_posted),
    feedback.AskFeedback: (REPORT, (), asked_after.ask),
    feedback.GiveFeedback: (Permission.SET_PERSON, (), asked_after.give),
    feedback.NameFriction: (Permission.SET_PERSON, (), asked_after.name_friction),
    feedback.AddWords: (Permission.SET_PERSON, (), asked_after.add_words),
    feedback.RecordFeedbackPosted: (REPORT, (), asked_after.record_posted),
    settings.ChangeSettings: (Permission.SET_PERSON, (), wishes.change),
    settings.SayAway: (Permission.SET_PERSON, (), wishes.say_away),
    settings.LeaveNow: (REPORT, (), leaving.leave),
    lending.Lend: (Permission.DECIDE_APPROVAL, (), lends.lend),
    lending.TakeBack: (Permission.SET_PERSON, (), lends.take_back),
    # deals of the years before
    past.RecordPast: (REPORT, (), remembering.record),
    # news of competitors
    news.TellNews: (Permission.TELL_INTEL, PEOPLE, learning_news.tell),
    news.AskOwner: (REPORT, PEOPLE, learning_news.ask_owner),
    news.DecideNews: (Permission.DECIDE_INTEL, (), learning_news.decide),
    # the company
    company.Pause: (Permission.PAUSE_SYSTEM, (), stops.pause),
    company.Resume: (Permission.PAUSE_SYSTEM, (), stops.resume),
    autonomy.SetAutonomy: (Permission.SET_AUTONOMY, (), switching.set_autonomy),
    policy.ProposePolicy: (REPORT, PEOPLE, policing.propose),
    policy.DecidePolicy: (Permission.OVERRIDE_APPROVAL, (), policing.decide),
    practices.WeighPractices: (REPORT, PEOPLE, practising.weigh),
    practices.DecidePractice: (Permission.DECIDE_APPROVAL, (), practising.decide),
    proposals.WeighProposals: (REPORT, PEOPLE, proposing.weigh),
    proposals.DecideProposal: (Permission.SEE_DEAL, (), proposing.decide),
    company.LookAround: (REPORT, (*PEOPLE, "news"), looking.look),
    stale.SeeStale: (Permission.DECIDE_INTEL, (), ageing.see),
    roster.RecordPeople: (REPORT, (), staff.record_people),
    roster.RecordUsers: (REPORT, (), staff.record_users),
    roster.NoticePerson: (REPORT, (), staff.notice_person),
    roster.NoticeGroups: (REPORT, (), staff.notice_groups),
    kept.RecordForgotten: (REPORT, (), keeping.record_forgotten),
    kept.RecordAnchor: (REPORT, (), keeping.record_anchor),
    kept.EraseStream: (Permission.ERASE_STREAM, (), keeping.erase),
    company.RecordHistory: (REPORT, (), looking.record_history),
    calendar.RecordCalendar: (REPORT, (), looking.record_calendar),
    company.TellManagers: (REPORT, (), looking.tell_managers),
    troubles.NoticeTroubles: (REPORT, (), troubling.notice),
    troubles.RecordTroubleCard: (REPORT, (), troubling.record),
    stranded.DecideStranded: (Permission.DECIDE_ANY_EFFECT, (), giving_up_here.decide),
    company.RecordDigest: (REPORT, (), looking.record_digest),
}
COMMANDS = {kind.__name__: kind for kind in RULES}
