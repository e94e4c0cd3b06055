"""What has no price, and what to do about it."""


class PriceProblem(ValueError):
    """`args` are the field, what was expected, what to do."""

    def __init__(self, field: str, expected: str, advice: str) -> None:
        super().__init__(field, expected, advice)
        self.field, self.expected, self.advice = field, expected, advice
