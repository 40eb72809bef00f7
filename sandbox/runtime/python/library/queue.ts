/** `queue` and `sched`, in Python: what threads give each other, and what is done at its time. */

export const QUEUE = `
from collections import deque
import heapq
import threading
from time import monotonic

class Empty(Exception):
    pass
class Full(Exception):
    pass
class ShutDown(Exception):
    pass

class Queue:
    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._init(maxsize)
        self.mutex = threading.Lock()
        self.not_empty = threading.Condition(self.mutex)
        self.not_full = threading.Condition(self.mutex)
        self.all_tasks_done = threading.Condition(self.mutex)
        self.unfinished_tasks = 0
        self.is_shutdown = False
    def _init(self, maxsize):
        self.queue = deque()
    def _qsize(self):
        return len(self.queue)
    def _put(self, item):
        self.queue.append(item)
    def _get(self):
        return self.queue.popleft()
    def qsize(self):
        with self.mutex:
            return self._qsize()
    def empty(self):
        return self.qsize() == 0
    def full(self):
        return 0 < self.maxsize <= self.qsize()
    def put(self, item, block=True, timeout=None):
        with self.not_full:
            if self.is_shutdown:
                raise ShutDown
            if self.maxsize > 0:
                room = lambda: self._qsize() < self.maxsize or self.is_shutdown
                if not block:
                    if not room():
                        raise Full
                elif timeout is not None and timeout < 0:
                    raise ValueError("'timeout' must be a non-negative number")
                elif not self.not_full.wait_for(room, timeout):
                    raise Full
                if self.is_shutdown:
                    raise ShutDown
            self._put(item)
            self.unfinished_tasks += 1
            self.not_empty.notify()
    def get(self, block=True, timeout=None):
        with self.not_empty:
            some = lambda: self._qsize() or self.is_shutdown
            if not block:
                if not some():
                    raise Empty
            elif timeout is not None and timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            elif not self.not_empty.wait_for(some, timeout):
                raise Empty
            if not self._qsize():
                raise ShutDown
            item = self._get()
            self.not_full.notify()
            return item
    def put_nowait(self, item):
        return self.put(item, block=False)
    def get_nowait(self):
        return self.get(block=False)
    def task_done(self):
        with self.all_tasks_done:
            left = self.unfinished_tasks - 1
            if left < 0:
                raise ValueError('task_done() called too many times')
            if left == 0:
                self.all_tasks_done.notify_all()
            self.unfinished_tasks = left
    def join(self):
        with self.all_tasks_done:
            while self.unfinished_tasks:
                self.all_tasks_done.wait()
    def shutdown(self, immediate=False):
        with self.mutex:
            self.is_shutdown = True
            if immediate:
                while self._qsize():
                    self._get()
                    self.unfinished_tasks -= 1
                self.all_tasks_done.notify_all()
            self.not_empty.notify_all()
            self.not_full.notify_all()

class PriorityQueue(Queue):
    def _init(self, maxsize):
        self.queue = []
    def _put(self, item):
        heapq.heappush(self.queue, item)
    def _get(self):
        return heapq.heappop(self.queue)

class LifoQueue(Queue):
    def _init(self, maxsize):
        self.queue = []
    def _get(self):
        return self.queue.pop()

class SimpleQueue(Queue):
    def __init__(self):
        super().__init__()
`

export const SCHED = `
from collections import namedtuple
import heapq
import threading
import time
from time import monotonic as _time

Event = namedtuple('Event', ['time', 'priority', 'sequence', 'action', 'argument', 'kwargs'])

class scheduler:
    def __init__(self, timefunc=_time, delayfunc=time.sleep):
        self._queue = []
        self._count = 0
        self._lock = threading.RLock()
        self.timefunc = timefunc
        self.delayfunc = delayfunc
    def enterabs(self, time, priority, action, argument=(), kwargs={}):
        with self._lock:
            self._count += 1
            event = Event(time, priority, self._count, action, argument, kwargs)
            heapq.heappush(self._queue, event)
        return event
    def enter(self, delay, priority, action, argument=(), kwargs={}):
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)
    def cancel(self, event):
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)
    def empty(self):
        return not self._queue
    @property
    def queue(self):
        return sorted(self._queue)
    def run(self, blocking=True):
        while self._queue:
            event = self._queue[0]
            now = self.timefunc()
            if event.time > now:
                if not blocking:
                    return event.time - now
                self.delayfunc(event.time - now)
                continue
            heapq.heappop(self._queue)
            event.action(*event.argument, **event.kwargs)
            self.delayfunc(0)
`
