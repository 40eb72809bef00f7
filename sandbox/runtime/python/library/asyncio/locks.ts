/** Of `asyncio`: locks, events, semaphores, conditions. */

export const LOCKS = `
class _Waiting:
    def _init_waiters(self):
        self._waiters = deque()
    async def _wait(self):
        future = get_running_loop().create_future()
        self._waiters.append(future)
        try:
            await future
        finally:
            if future in self._waiters:
                self._waiters.remove(future)
    def _wake_one(self):
        for future in self._waiters:
            if not future.done():
                future.set_result(True)
                return
    def _wake_all(self):
        for future in self._waiters:
            if not future.done():
                future.set_result(True)

class _Context:
    async def __aenter__(self):
        await self.acquire()
        return None
    async def __aexit__(self, *args):
        self.release()

class Lock(_Waiting, _Context):
    def __init__(self):
        self._init_waiters()
        self._locked = False
    def locked(self):
        return self._locked
    async def acquire(self):
        while self._locked:
            await self._wait()
        self._locked = True
        return True
    def release(self):
        if not self._locked:
            raise RuntimeError('Lock is not acquired.')
        self._locked = False
        self._wake_one()

class Event(_Waiting):
    def __init__(self):
        self._init_waiters()
        self._value = False
    def is_set(self):
        return self._value
    def set(self):
        self._value = True
        self._wake_all()
    def clear(self):
        self._value = False
    async def wait(self):
        if not self._value:
            await self._wait()
        return True

class Semaphore(_Waiting, _Context):
    def __init__(self, value=1):
        if value < 0:
            raise ValueError('Semaphore initial value must be >= 0')
        self._init_waiters()
        self._value = value
    def locked(self):
        return self._value == 0
    async def acquire(self):
        while self._value <= 0:
            await self._wait()
        self._value -= 1
        return True
    def release(self):
        self._value += 1
        self._wake_one()

class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._bound = value
    def release(self):
        if self._value >= self._bound:
            raise ValueError('BoundedSemaphore released too many times')
        super().release()

class Condition(_Waiting, _Context):
    def __init__(self, lock=None):
        self._init_waiters()
        self._lock = lock or Lock()
        self.locked = self._lock.locked
        self.acquire = self._lock.acquire
        self.release = self._lock.release
    async def wait(self):
        if not self.locked():
            raise RuntimeError('cannot wait on un-acquired lock')
        self.release()
        try:
            await self._wait()
            return True
        finally:
            await self.acquire()
    async def wait_for(self, predicate):
        result = predicate()
        while not result:
            await self.wait()
            result = predicate()
        return result
    def notify(self, n=1):
        for future in [f for f in self._waiters if not f.done()][:n]:
            future.set_result(True)
    def notify_all(self):
        self._wake_all()
`
