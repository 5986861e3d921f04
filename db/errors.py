"""What can be wrong with the store, said so that a teacher knows what to do."""


class StoreError(Exception):
    """The database cannot be used; the message says why and what to do, in Chinese and English."""


class RoundOpen(Exception):  # noqa: N818  named by what is the case, as in the contract with the handlers
    """A round of this seminar is open already."""
