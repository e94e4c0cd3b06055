"""What a process has loaded when it begins to work stands as long as the process does."""

import gc


def keep_loaded() -> None:
    """The garbage collector need not look at it again: a look at all of it takes a tenth of a second, in which nobody
    is answered."""
    gc.collect()
    gc.freeze()
