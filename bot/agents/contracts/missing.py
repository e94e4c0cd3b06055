"""What keeps a package from being drafted."""


class MissingDetail(ValueError):
    """The opportunity lacks what a document needs; `args` are the field, what was expected, what to do."""
