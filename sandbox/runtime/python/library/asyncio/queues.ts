/** Of `asyncio`: queues. */

export const QUEUES = `
class Queue:
    def __init__(self, maxsize=0):
        self._maxsize = maxsize
        self._init(maxsize)
        self._getters = Condition()
        self._changed = Event()
        self._unfinished = 0
        self._finished = Event()
        self._finished.set()
        self._waiting = []
    def _init(self, maxsize):
        self._queue = deque()
    def _get(self):
        return self._queue.popleft()
    def _put(self, item):
        self._queue.append(item)
    @property
    def maxsize(self):
        return self._maxsize
    def qsize(self):
        return len(self._queue)
    def empty(self):
        return not self._queue
    def full(self):
        return 0 < self._maxsize <= len(self._queue)
    async def _wait(self, what):
        future = get_running_loop().create_future()
        self._waiting.append((what, future))
        try:
            await future
        finally:
            self._waiting = [w for w in self._waiting if w[1] is not future]
    def _tell(self, what):
        for kind, future in self._waiting:
            if kind == what and not future.done():
                future.set_result(None)
                return
    async def put(self, item):
        while self.full():
            await self._wait('room')
        self.put_nowait(item)
    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._put(item)
        self._unfinished += 1
        self._finished.clear()
        self._tell('item')
    async def get(self):
        while self.empty():
            await self._wait('item')
        return self.get_nowait()
    def get_nowait(self):
        if self.empty():
            raise QueueEmpty
        item = self._get()
        self._tell('room')
        return item
    def task_done(self):
        if self._unfinished <= 0:
            raise ValueError('task_done() called too many times')
        self._unfinished -= 1
        if not self._unfinished:
            self._finished.set()
    async def join(self):
        if self._unfinished:
            await self._finished.wait()

class PriorityQueue(Queue):
    def _init(self, maxsize):
        self._queue = []
    def _put(self, item):
        heapq.heappush(self._queue, item)
    def _get(self):
        return heapq.heappop(self._queue)

class LifoQueue(Queue):
    def _init(self, maxsize):
        self._queue = []
    def _get(self):
        return self._queue.pop()
`
