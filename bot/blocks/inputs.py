"""action_id of every input of a modal: how a submission's fields are called."""

DISCOUNT = "discount"
PAYMENT_DAYS = "payment_days"
REASON = "reason"
YES_IF = "yes_if"
