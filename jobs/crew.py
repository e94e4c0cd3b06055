"""The threads that carry out: some for each lane, so that a provider who hangs keeps none but his own waiting."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

from bot.streams.effects import Lane

HANDS = 4

Drain = Callable[[str, Lane], bool]


class Crew:
    """`patience_s` is how long a caller waits for its lanes; None waits for all of them."""

    def __init__(self, patience_s: float | None = None, hands: int = HANDS) -> None:
        self.patience_s = patience_s
        self.hands = hands
        self._pools = {lane: ThreadPoolExecutor(hands, f"lane-{lane}") for lane in Lane}
        self._busy = dict.fromkeys(Lane, 0)
        self._queued: set[tuple[str, Lane]] = set()
        self._lock = Lock()

    def run(self, stream_id: str, lanes: Sequence[Lane], drain: Drain, late: Callable[[str], object]) -> bool:
        """True when something moved. What is not over in time goes on, and tells `late` when it moved something."""
        if self.patience_s is None and len(lanes) < 2:
            return any([drain(stream_id, lane) for lane in lanes])
        begun = [self._begin(stream_id, lane, drain) for lane in lanes]
        hopeful = [future for future, free in begun if future is not None and (free or self.patience_s is None)]
        done, _ = wait(hopeful, self.patience_s)
        for future, _ in begun:
            if future is not None and future not in done:
                future.add_done_callback(lambda over: self._over(over, stream_id, late))
        return any([future.result() for future in done])

    def _begin(self, stream_id: str, lane: Lane, drain: Drain) -> tuple[Future[bool] | None, bool]:
        """Nothing when the same is queued already; the flag says whether a hand was free."""
        with self._lock:
            if (stream_id, lane) in self._queued:
                return None, False
            self._queued.add((stream_id, lane))
            self._busy[lane] += 1
            free = self._busy[lane] <= self.hands
        return self._pools[lane].submit(self._work, stream_id, lane, drain), free

    def _work(self, stream_id: str, lane: Lane, drain: Drain) -> bool:
        """Out of the queue before it looks, so that what is owed meanwhile is not overlooked."""
        with self._lock:
            self._queued.discard((stream_id, lane))
        try:
            return drain(stream_id, lane)
        finally:
            with self._lock:
                self._busy[lane] -= 1

    @staticmethod
    def _over(over: "Future[bool]", stream_id: str, late: Callable[[str], object]) -> None:
        if over.exception() is None and over.result():
            late(stream_id)
