"""What goes wrong with a service; apart from the client, so that telling it needs no network library."""


class FetchFault(RuntimeError):
    """A service did not give what it was asked for; the message says which, what and what to do."""


class Unreachable(FetchFault):
    """No answer at all: offline, a wrong address, a service that is down."""
