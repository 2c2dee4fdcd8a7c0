"""What a command's exit code means, and how a fault becomes one: told in words, not as a traceback."""

import os
import sys
from collections.abc import Callable

OK, FAILED, REFUSED, BUSY = 0, 1, 2, 3


def guarded(run: Callable[[], int]) -> int:
    """The exit code of ``run``; a fault that a person can mend is told in words."""
    from flows.faults import busy_faults, failed_faults, refused_faults

    try:
        return run()
    except BrokenPipeError:  # whoever read the output (head) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except refused_faults() as fault:
        print(f"refused: {fault}", file=sys.stderr)
        return REFUSED
    except busy_faults() as fault:
        print(f"busy: {fault}", file=sys.stderr)
        return BUSY
    except failed_faults() as fault:
        print(f"failed: {fault}", file=sys.stderr)
        for note in getattr(fault, "__notes__", []):
            print(f"  {note}", file=sys.stderr)
        return FAILED
