"""What a trial says when the law does not hold."""


class Broken(Exception):
    """The law is broken: what was done, and what came of it."""


def demand(holds, account):
    """Raise Broken with this account unless it holds."""
    if not holds:
        raise Broken(account)
