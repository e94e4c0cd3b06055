"""Every effect there is, who carries it out, how it may be repeated, and whether a stop holds it back."""

from bot.streams import effects as owed
from bot.streams import keeping_effects, legal_effects, offer_effects, paper_effects, positioning_effects
from jobs.effects import (
    agents,
    books,
    finance,
    keeping,
    legal,
    mail,
    papers,
    positioning,
    salesforce,
    slack_channels,
    slack_deal,
    slack_digest,
    slack_home,
    slack_operators,
    slack_package,
    slack_people,
    streams,
)
from jobs.effects.how import How, Repeat, Table

UPSERT, KEYED, PROBE, ASK = Repeat.UPSERT, Repeat.KEYED, Repeat.PROBE, Repeat.ASK

EFFECTS: Table = {
    # Slack
    owed.EnsureChannel: How(slack_channels.ensure, UPSERT),
    owed.AddToChannel: How(slack_channels.add, UPSERT),
    owed.LookAtChannel: How(slack_channels.look, UPSERT, leaves=False),
    owed.LeaveChannel: How(slack_channels.leave, UPSERT, leaves=False),
    owed.PostCard: How(slack_deal.post_card, PROBE),
    owed.RefreshCard: How(slack_deal.refresh_card, UPSERT, leaves=False),
    owed.ReadSince: How(slack_channels.read_since, UPSERT, leaves=False),
    owed.Introduce: How(slack_deal.introduce, PROBE),
    owed.RefreshIntroduction: How(slack_deal.refresh_introduction, UPSERT, leaves=False),
    owed.ReadSpeaker: How(slack_package.read_speaker, UPSERT, leaves=False),
    owed.PostSignal: How(slack_package.post_signal, PROBE),
    owed.RefreshSignal: How(slack_package.refresh_signal, UPSERT, leaves=False),
    owed.PostPackage: How(slack_package.post_package, PROBE),
    paper_effects.PostPapers: How(papers.post, PROBE),
    positioning_effects.PostStanding: How(positioning.post, PROBE),
    owed.PostPlan: How(slack_package.post_plan, PROBE),
    offer_effects.PostOffers: How(slack_package.post_offers, PROBE),
    owed.PostNote: How(slack_deal.post_note, PROBE),
    owed.PostWin: How(slack_deal.post_win, PROBE),
    owed.PostTask: How(slack_people.post_task, PROBE),
    owed.PostBundle: How(slack_people.post_bundle, PROBE),
    owed.RefreshTask: How(slack_people.refresh_task, UPSERT, leaves=False),
    owed.RefreshHome: How(slack_home.refresh, UPSERT, leaves=False),
    owed.RefreshHomes: How(slack_home.of_administrators, UPSERT, leaves=False),
    owed.ReadPeople: How(slack_people.read_people, UPSERT, leaves=False),
    owed.PostDigest: How(slack_digest.post, PROBE),
    owed.RefreshTrouble: How(slack_operators.refresh, PROBE, leaves=False),
    # Salesforce
    owed.ReadOpportunity: How(salesforce.read_opportunity, UPSERT, leaves=False),
    owed.RepriceOpportunity: How(salesforce.reprice, UPSERT),
    positioning_effects.WritePosition: How(positioning.write, UPSERT),
    owed.CloseOpportunity: How(salesforce.close, UPSERT),
    owed.AttachContract: How(salesforce.attach, PROBE),
    owed.ReadUsers: How(salesforce.read_users, UPSERT, leaves=False),
    owed.ReadHistory: How(salesforce.read_history, UPSERT, leaves=False, long=True),
    # mail and books
    owed.SendInvitation: How(mail.invite, ASK),
    owed.SendCopies: How(mail.send_copies, ASK),
    owed.MailRequests: How(mail.mail_requests, KEYED),
    owed.PutInBooks: How(books.put, KEYED),
    # our own agents, and other streams
    owed.AssemblePackage: How(agents.assemble, UPSERT, leaves=False),
    offer_effects.BuildOffers: How(agents.build_offers, UPSERT, leaves=False),
    owed.CheckPackage: How(agents.check, UPSERT, leaves=False),
    paper_effects.MakePapers: How(papers.make, UPSERT, leaves=False),
    legal_effects.MakeMemo: How(legal.make_memo, UPSERT, leaves=False),
    owed.StartApprovals: How(agents.plan_approvals, UPSERT, leaves=False),
    owed.SealContract: How(agents.seal, UPSERT, leaves=False),
    owed.StartFinance: How(finance.plan, UPSERT, leaves=False),
    owed.StartHandoff: How(agents.offer_handoff, UPSERT, leaves=False),
    owed.StartLearning: How(agents.celebrate, UPSERT, leaves=False),
    keeping_effects.ForgetTexts: How(keeping.forget, UPSERT, leaves=False),
    keeping_effects.AnchorHeads: How(keeping.anchor, UPSERT, leaves=False),
    owed.Tell: How(streams.tell, UPSERT, leaves=False),
}
