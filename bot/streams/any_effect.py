"""Every effect there is, as one type: what is kept in the outbox is read back by its kind."""

from typing import Annotated

from pydantic import Field

from bot.streams.calendar_effects import ReadCalendar
from bot.streams.code_effects import PostCode
from bot.streams.delivery_effects import DraftDelivery, MailPackage, PostDelivery, RefreshDelivery
from bot.streams.document_effects import (
    BuildComparison,
    DrawPages,
    FileDocuments,
    ForgetFiles,
    PostComparison,
    SendShare,
)
from bot.streams.effects import (
    AddToChannel,
    AssemblePackage,
    AttachContract,
    CheckPackage,
    CloseOpportunity,
    EnsureChannel,
    Introduce,
    LeaveChannel,
    LookAtChannel,
    MailRequests,
    PostBundle,
    PostCard,
    PostDigest,
    PostNote,
    PostPackage,
    PostPlan,
    PostSignal,
    PostTask,
    PostWin,
    PutInBooks,
    ReadHistory,
    ReadOpportunity,
    ReadPeople,
    ReadSince,
    ReadSpeaker,
    ReadUsers,
    RefreshCard,
    RefreshHome,
    RefreshHomes,
    RefreshIntroduction,
    RefreshSignal,
    RefreshTask,
    RefreshTrouble,
    RepriceOpportunity,
    SealContract,
    SendCopies,
    SendInvitation,
    StartApprovals,
    StartFinance,
    StartHandoff,
    StartLearning,
    Tell,
)
from bot.streams.feedback_effects import PostFeedback, RefreshFeedback
from bot.streams.keeping_effects import AnchorHeads, ForgetTexts
from bot.streams.learning_effects import FollowProposals, ReadAfterwards, ReviewPractices
from bot.streams.legal_effects import MakeMemo, PostRedline, RefreshRedline
from bot.streams.offer_effects import BuildOffers, PostOffers
from bot.streams.paper_effects import MakePapers, PostPapers
from bot.streams.positioning_effects import PostStanding, WritePosition
from bot.streams.progress_effects import PostProgress
from bot.streams.reminder_effects import PostReminder, RefreshReminder
from bot.streams.tracking_effects import FreeTime, MailHold, TrackApprovals

AnyEffect = Annotated[
    EnsureChannel
    | AddToChannel
    | LookAtChannel
    | LeaveChannel
    | Introduce
    | ReadSince
    | RefreshIntroduction
    | PostCard
    | RefreshCard
    | ReadSpeaker
    | PostSignal
    | RefreshSignal
    | PostPackage
    | PostPapers
    | PostStanding
    | PostDelivery
    | RefreshDelivery
    | PostPlan
    | PostNote
    | PostOffers
    | PostWin
    | PostTask
    | RefreshTask
    | PostReminder
    | RefreshReminder
    | PostProgress
    | TrackApprovals
    | MailHold
    | FreeTime
    | PostFeedback
    | RefreshFeedback
    | RefreshTrouble
    | PostBundle
    | RefreshHome
    | RefreshHomes
    | ReadPeople
    | PostDigest
    | ReadOpportunity
    | RepriceOpportunity
    | CloseOpportunity
    | WritePosition
    | AttachContract
    | ReadUsers
    | ReadHistory
    | ReadCalendar
    | ReadAfterwards
    | SendInvitation
    | SendCopies
    | MailPackage
    | MailRequests
    | PostCode
    | PutInBooks
    | AssemblePackage
    | BuildOffers
    | CheckPackage
    | MakePapers
    | DraftDelivery
    | MakeMemo
    | PostRedline
    | RefreshRedline
    | StartApprovals
    | SealContract
    | StartFinance
    | StartHandoff
    | StartLearning
    | BuildComparison
    | PostComparison
    | DrawPages
    | SendShare
    | FileDocuments
    | ForgetFiles
    | AnchorHeads
    | ForgetTexts
    | ReviewPractices
    | FollowProposals
    | Tell,
    Field(discriminator="kind"),
]
