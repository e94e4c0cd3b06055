"""Reads one message: is it a yes, a yes with a condition, a no, or none of these? Rules, each with its reason."""

from dataclasses import dataclass
from typing import Literal

from bot.reasoning.closing_signal import phrases
from bot.reasoning.closing_signal.sentences import Evidence, sentences

__all__ = ["Evidence", "Reading", "Speaker", "promises", "read"]

Label = Literal["commit", "conditional", "no_commit", "negative"]
Authority = Literal["yes", "no", "unknown"]
SURE, SECOND, WARMTH, SENIOR, MOST = 72, 10, 8, 6, 98
HEDGED, HEARD, UNSURE_SENDER = 35, 40, 15
CONDITIONAL, NEGATIVE = 60, 80
LEADERS = ("chief", "ceo", "coo", "cfo", "cto", "cio", "vp", "vice president", "director", "head", "owner", "managing")
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Speaker:
    name: str
    title: str
    email: str
    side: Literal["customer", "ours", "unknown"]


@dataclass(frozen=True, slots=True)
class Reading:
    """`score` from 0 to 100: how sure the label is. `reasons` say why, in words."""

    label: Label
    score: int
    evidence: tuple[Evidence, ...] = ()
    conditions: tuple[Evidence, ...] = ()
    reasons: tuple[str, ...] = ()
    urgency: str | None = None
    competitors: tuple[str, ...] = ()
    authority: Authority = "unknown"


def read(text: str, earlier: tuple[str, ...], speaker: Speaker, channel: str) -> Reading:
    """Only the customer can say yes. `earlier` and `channel` are for readers that look further than this one."""
    if speaker.side == "ours":
        return Reading("no_commit", 0, reasons=("one of our own people said it",))
    if phrases.INJECTION.search(text):
        return Reading("no_commit", 0, reasons=("it speaks to a program, not to us",))
    own = tuple(sentences(text[:LONGEST]))
    return _weighed(own, speaker, text)


def promises(text: str) -> tuple[Evidence, ...]:
    """Sentences in which the speaker promises something. A question promises nothing."""
    own = sentences(text[:LONGEST])
    return tuple(s for s in own if phrases.PROMISED.search(s.text) and not _asks(s) and not _negated(s))


def _weighed(own: tuple[Evidence, ...], speaker: Speaker, text: str) -> Reading:
    yes = tuple(s for s in own if phrases.DECIDED.search(s.text) and _stands(s))
    no = tuple(s for s in own if phrases.REFUSED.search(s.text) and not _asks(s))
    conditions = tuple(s for s in own if phrases.CONDITION.search(s.text) and not _asks(s))
    if no:
        return _reading("negative", NEGATIVE, no, (), ("they say no",), text)
    bound = tuple(s for s in conditions if phrases.DECIDED.search(s.text) or yes or _ready(s))
    if bound:
        said = tuple(dict.fromkeys((*yes, *bound)))
        return _reading("conditional", CONDITIONAL, said, bound, ("they name a condition",), text)
    if not yes:
        return _reading("no_commit", 0, (), (), ("no decision to buy in their own words",), text)
    score, reasons = _score(yes, own, speaker)
    return _reading("commit", score, yes, (), reasons, text)


def _score(yes: tuple[Evidence, ...], own: tuple[Evidence, ...], speaker: Speaker) -> tuple[int, tuple[str, ...]]:
    points = [(SURE, "they decide to buy, in their own words")]
    if len(yes) > 1:
        points.append((SECOND, "and say it more than once"))
    if any(phrases.WARM.search(s.text) for s in own):
        points.append((WARMTH, "and speak of what comes next"))
    if any(word in speaker.title.casefold() for word in LEADERS):
        points.append((SENIOR, f"as {speaker.title}"))
    if any(phrases.HEDGE.search(s.text) for s in yes):
        points.append((-HEDGED, "but not firmly"))
    if any(phrases.HEARSAY.search(s.text) for s in own):
        points.append((-HEARD, "but tell what somebody else said"))
    if speaker.side == "unknown":
        points.append((-UNSURE_SENDER, "but we do not know on which side they are"))
    score = min(max(sum(worth for worth, _ in points), 0), MOST)
    return score, tuple(words for _, words in points)


def _stands(sentence: Evidence) -> bool:
    """A decision that the same sentence does not take back."""
    text = sentence.text
    if _asks(sentence) or _negated(sentence) or phrases.SARCASM.search(text):
        return False
    return not phrases.ELSEWHERE.search(text)


def _negated(sentence: Evidence) -> bool:
    return bool(phrases.NEGATION.search(sentence.text))


def _asks(sentence: Evidence) -> bool:
    return sentence.text.endswith("?")


def _ready(sentence: Evidence) -> bool:
    """ "…and we'll proceed": what they would do if."""
    return bool(READY.search(sentence.text))


READY = phrases.any_of(
    r"\b(?:we|i)(?:'ll| will|'d| would| can|'re| are)? ?(?:be )?(?:happy to |ready to |able to )?"
    r"(?:sign|proceed|move forward|go ahead|order|buy|commit|close|renew)\b",
    r"\b(?:unterschreiben|bestellen|beauftragen|machen wir|sind wir dabei)\b",
)


def _reading(
    label: Label,
    score: int,
    evidence: tuple[Evidence, ...],
    conditions: tuple[Evidence, ...],
    reasons: tuple[str, ...],
    text: str,
) -> Reading:
    urgent = phrases.URGENT.search(text)
    return Reading(
        label=label,
        score=score,
        evidence=evidence,
        conditions=conditions,
        reasons=reasons,
        urgency=urgent.group() if urgent else None,
        competitors=tuple(dict.fromkeys(phrases.COMPETING.findall(text))),
        authority=_authority(text),
    )


def _authority(text: str) -> Authority:
    if phrases.UNAUTHORISED.search(text):
        return "no"
    return "yes" if phrases.AUTHORISED.search(text) else "unknown"
