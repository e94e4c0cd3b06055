"""A no in Salesforce's words."""

from typing import Any


class Rejected(Exception):
    def __init__(self, code: str, message: str, fields: tuple[str, ...] = (), status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = fields
        self.status = status

    def entry(self) -> dict[str, Any]:
        """As in the list that REST answers with; `fields` only where fields are meant."""
        said: dict[str, Any] = {"message": self.message, "errorCode": self.code}
        return said | {"fields": list(self.fields)} if self.fields or self.status == 400 else said

    def result(self) -> dict[str, Any]:
        """As in the results of the collections, which name the code differently."""
        return {"statusCode": self.code, "message": self.message, "fields": list(self.fields)}


def not_found(message: str = "The requested resource does not exist") -> Rejected:
    return Rejected("NOT_FOUND", message, status=404)


def no_such_column(field: str, entity: str, word: str = "sobject of type") -> Rejected:
    return Rejected("INVALID_FIELD", f"No such column '{field}' on {word} {entity}", (field,))
