"""How an approval was: two taps in one message, which then says thank you; words only for who wants to add some."""

from bot.blocks import inputs
from bot.blocks.actions import ActionId, Ref, ViewId
from bot.blocks.card import Block, Button, Card, actions, card, context, escape, quote, section
from bot.blocks.modals import asked as line
from bot.blocks.modals import modal
from bot.playbook.feedback import NOTHING, FeedbackRules
from bot.streams.person.feedback import LONGEST, Asked
from bot.streams.person.person import Person

ANSWERS = (ActionId.FEEDBACK_1, ActionId.FEEDBACK_2, ActionId.FEEDBACK_3, ActionId.FEEDBACK_4, ActionId.FEEDBACK_5)
FRICTIONS = (
    ActionId.FRICTION_1,
    ActionId.FRICTION_2,
    ActionId.FRICTION_3,
    ActionId.FRICTION_4,
    ActionId.FRICTION_5,
    ActionId.FRICTION_6,
    ActionId.FRICTION_7,
    ActionId.FRICTION_8,
)


def card_of(person: Person, of: Asked, customer: str, rules: FeedbackRules) -> Card:
    """`customer` is empty when nobody may know it any more."""
    about = ", ".join(part for part in (of.about.title, customer) if part)
    if not of.answer:
        return card(
            f"{rules.question} {about}. One tap, and a second if you like.",
            section(f"*{escape(rules.question)}*", escape(about)),
            _answers(person, of, rules),
            context(_private(rules)),
        )
    if not of.friction:
        return card(
            f"Thank you. {rules.frictions_question}",
            section(f"*{escape(rules.frictions_question)}*", f"{escape(about)}. You said: {escape(_said(of, rules))}"),
            _frictions(person, of, rules),
            context(_private(rules)),
        )
    return card(
        f"Thank you. You said of {about}: {_said(of, rules)}.",
        section(f":white_check_mark: Thank you. You said of {escape(about)}: {escape(_said(of, rules))}."),
        section(f"And: {quote(of.words)}") if of.words else _more(person, of),
        context(_private(rules)),
    )


def form(person: Person, of: Asked, rules: FeedbackRules) -> Block:
    body = [
        section(f"*{escape(of.about.title)}:* {escape(_said(of, rules))}"),
        line(inputs.WORDS, "What should be better?", LONGEST, "For example: the margin stood only in the thread"),
        context(f"Read without your name, once {rules.at_least_people} people have answered about the same."),
    ]
    return modal(ViewId.FEEDBACK_WORDS, "Say more", ("Send", "Cancel"), _ref(person, of), body)


def _said(of: Asked, rules: FeedbackRules) -> str:
    answer = rules.answer(of.answer)
    said = answer.says if answer else of.answer
    return f"{said}; {rules.friction_says(of.friction)[:1].lower()}{rules.friction_says(of.friction)[1:]}" if (
        of.friction and of.friction != NOTHING
    ) else said  # fmt: skip


def _answers(person: Person, of: Asked, rules: FeedbackRules) -> Block:
    made = (
        Button(action, each.says, f"{rules.question} {each.says}", value=each.id)
        for action, each in zip(ANSWERS, rules.answers, strict=False)
    )
    return actions(_ref(person, of), *made)


def _frictions(person: Person, of: Asked, rules: FeedbackRules) -> Block:
    offered = [(each.id, each.says) for each in rules.offered(of.about.side)] + [(NOTHING, rules.nothing)]
    made = (
        Button(action, says, f"{rules.frictions_question} {says}", value=name)
        for action, (name, says) in zip(FRICTIONS, offered, strict=False)
    )
    return actions(_ref(person, of), *made)


def _more(person: Person, of: Asked) -> Block:
    return actions(_ref(person, of), Button(ActionId.FEEDBACK_WORDS, "Say more…", "Say in your words what was"))


def _ref(person: Person, of: Asked) -> Ref:
    return Ref(stream_id=person.id, slot="feedback", about=str(of.no))


def _private(rules: FeedbackRules) -> str:
    return (
        f"Asked at most once in {rules.apart_days} days. Your answer stays yours: "
        f"others see sums of {rules.at_least_people} people or more."
    )
