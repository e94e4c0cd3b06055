"""The words that carry a yes, a no or a condition, in English and German."""

import re


def any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


# A decision to buy, said in the first person or about the order itself. Each is strong enough to stand alone.
DECIDED = any_of(
    r"\bwe(?:'re| are| have|'ve|'ll| will)? (?:hereby )?(?:accept(?:ed)?|agree(?:d)? to) (?:the|your|this) "
    r"(?:offer|quote|proposal|terms|contract|price|order form)",
    r"\bwe(?:'re| are) (?:in|on board|good to go|ready to sign|going (?:ahead )?with (?:you|it|your|the))\b",
    r"\bwe(?:'ll| will| have decided to| decided to| want to|'d like to| would like to)? ?(?:go|move|moving) "
    r"(?:ahead|forward) (?:with|on) (?:you|it|your|this|the (?:offer|quote|proposal|contract|order|deal))",
    r"\blet(?:'|’)?s (?:go ahead|do (?:it|this)|move forward|proceed|sign|get (?:it|this) signed|close (?:it|this))\b",
    r"\b(?:please )?send (?:us |me |over |across )*(?:the|your) (?:contract|paperwork|order form|agreement|docusign)\b",
    r"\b(?:contract|agreement|order form|order|deal|po|purchase order|offer|quote|proposal) (?:is|has been|was|has) "
    r"(?:now |been )*(?:approved|signed|accepted|through|issued|raised|placed|confirmed)",
    r"\b(?:purchase order|po)(?: number| no\.?| #)?:? (?:is )?\S*\d{3,}",
    r"\b(?:i|we)(?:'ve| have)?(?: just)? (?:signed|countersigned|approved (?:it|the|your|this))\b",
    r"^signed\b|\bsigned and (?:back|returned|sent)",
    r"\bcontract i have signed\b|\bfinal choose,? it is you\b",
    r"\byou(?:'ve| have) (?:got )?(?:a deal|won|the deal|our business|my signature)\b|\bit(?:'s| is) a deal\b",
    r"\bwe(?:'ve| have)? (?:chosen|chose|selected|picked|decided (?:on|for)) (?:you|your|larkspur)\b",
    r"\b(?:board|cfo|ceo|legal|procurement|finance|budget)\b[^.!?\n]{0,30}\b(?:approved|signed off|gave the green light)",
    r"\bgreen light\b|\bsigned off on (?:it|the|your|this)\b",
    r"\bwir (?:nehmen (?:das|ihr|euer|dein) angebot an|beauftragen|unterschreiben|haben unterschrieben|bestellen)",
    r"\b(?:freigabe|auftrag|bestellung|vertrag)\b[^.!?\n]{0,25}\b(?:ist durch|erteilt|unterschrieben|freigegeben|raus)",
    r"\bangebot (?:ist )?angenommen\b|\bschickt? (?:uns )?(?:bitte )?den vertrag\b",
)
# Helps a decision along; never one by itself.
WARM = any_of(
    r"^(?:yes|yep|yeah|ja)\b",
    r"\b(?:great|perfect|excited|looking forward|happy to|super|sehr gut)\b",
    r"\b(?:kick[- ]?off|onboarding|start date|invoice us|rechnung)\b",
)
REFUSED = any_of(
    r"\bwe(?:'re| are) (?:not (?:going|moving|proceeding)|going (?:with|to go with) (?:another|someone|a different))",
    r"\b(?:decided|chosen|choosing|going|gone|went|opted) (?:against|for another|for someone else|with (?:a competitor|another))",
    r"\b(?:we|i)(?:'ll| will)? (?:have to |must |are going to )?(?:pass|decline|withdraw|stop here|walk away)\b",
    r"\b(?:am|are|is|'m|'re) not (?:going to |willing to |prepared to )?(?:put my name|sign(?:ing)?|buy(?:ing)?|renew(?:ing)?)",
    r"\b(?:won't|will not|cannot|can't) (?:be )?(?:sign|signing|buy|buying|proceed|proceeding|move forward|go ahead|renew)",
    r"\b(?:deal is off|not interested|no longer interested|cancel(?:led|ling)? (?:the|our|this))\b",
    r"\b(?:budget|project) (?:is|was|has been|got) (?:cut|frozen|cancelled|canceled|killed|withdrawn)\b",
    r"\b(?:kein interesse|absage|lehnen (?:das|ihr|euer)? ?(?:angebot )?ab|entscheiden uns gegen|nicht unterschreiben)\b",
)
CONDITION = any_of(
    r"\b(?:if|once|as soon as|provided(?: that)?|assuming|subject to|pending|contingent on|on (?:the )?condition|"
    r"as long as|only when|unless|until)\b",
    r"^(?:hi \w+,? )?(?:drop|lower|remove|add|throw in|match|include|give us|cut)\b[^.!?\n]{3,80}\band (?:we|i)(?:'ll| will)?\b",
    r"\b(?:falls|sofern|sobald|vorausgesetzt|unter der bedingung|wenn (?:ihr|sie|die|der|das|wir))\b",
)
NEGATION = any_of(
    r"\b(?:not|never|no|cannot|can't|won't|don't|doesn't|didn't|isn't|aren't|haven't|hasn't|wouldn't|neither|nor|without)\b",
    r"\b(?:nicht|kein|keine|keinen|niemals|noch nicht)\b",
    r"\b(?:yet to|far from|hold off|withhold|before anyone)\b",
)
HEDGE = any_of(
    r"\b(?:might|may|maybe|perhaps|probably|possibly|could|should|hope|hopefully|considering|think about|thinking about|"
    r"leaning|likely|almost|nearly|would|consider|plan to|planning to|trying to|still|waiting for)\b",
    r"\b(?:vielleicht|eventuell|wahrscheinlich|könnten|würden|überlegen|hoffentlich)\b",
)
HEARSAY = any_of(
    r"\b(?:he|she|they|[A-Z]\w+) (?:said|says|told|thinks|believes|claims|mentioned|wrote)\b",
    r"\b(?:apparently|supposedly|i heard|rumou?r)\b",
)
SARCASM = any_of(
    r"\b(?:yeah,? right|sure,? because|oh great|as if|dream on|in your dreams|when pigs|lol|haha)\b", r"/s\b"
)
# A yes to something that is no purchase.
ELSEWHERE = any_of(
    r"\b(?:call|meeting|demo|tuesday|wednesday|thursday|friday|monday|slot|calendar|invite|lunch|trial|pilot|poc|nda|"
    r"webinar|survey|newsletter|agenda|minutes|screenshot|draft|recording|security questionnaire|reference)\b",
    r"\b(?:termin|besprechung|kalender|testzugang|entwurf)\b",
)
INJECTION = any_of(
    r"\b(?:ignore|disregard|override|forget) (?:all |any |the |your )*(?:previous|prior|above|instructions?|rules?)",
    r"\[(?:assistant|system|user)\b|\b(?:system|assistant) ?(?:prompt|:)|\bset \w*(?:confidence|score|label)\w* (?:to|=)",
    r"\byou are (?:now )?(?:an?|the) (?:ai|assistant|model)\b|<\/?(?:system|assistant|instructions?)>",
)
URGENT = any_of(
    r"\b(?:asap|today|by (?:end of|eod|friday|monday|tomorrow)|urgent(?:ly)?|this week|straight away|heute|dringend)\b"
)
COMPETING = any_of(r"\b(?:instead of|rather than|over|against|goodbye to|competitor) ([A-Z][A-Za-z0-9]{2,})")
PROMISED = any_of(
    r"\b(?:we|i)(?:'ll| will| are going to|'re going to| promise to| guarantee| commit to)\b",
    r"\byou(?:'ll| will) (?:get|have|receive|see)\b",
    r"\b(?:wir werden|ich werde|wir stellen sicher|sie bekommen|ihr bekommt)\b",
)
AUTHORISED = any_of(
    r"\b(?:i(?:'m| am) (?:the )?(?:authori[sz]ed|signatory)|i (?:can )?sign|my signature|my decision|i approve)\b"
)
UNAUTHORISED = any_of(
    r"\b(?:need to (?:ask|check with)|have to (?:ask|check with)|up to (?:my|our)|not my (?:call|decision)|my boss|"
    r"needs? (?:sign-?off|approval) (?:from|by))\b"
)
