/** Of `asyncio`: waiting, for a time, for several, or no longer than one likes; groups of tasks. */

export const WAITING = `
@_types.coroutine
def _turn():
    yield

async def sleep(delay, result=None):
    if delay <= 0:
        await _turn()
        return result
    loop = get_running_loop()
    future = loop.create_future()
    handle = loop.call_later(delay, lambda: future.done() or future.set_result(result))
    try:
        return await future
    finally:
        handle.cancel()

def gather(*awaitables, return_exceptions=False):
    if not awaitables:
        loop = get_event_loop()
        outer = loop.create_future()
        outer.set_result([])
        return outer
    loop = None
    children = []
    known = {}
    for awaitable in awaitables:
        if id(awaitable) not in known:
            known[id(awaitable)] = ensure_future(awaitable)
        children.append(known[id(awaitable)])
    outer = _Gathering(children)
    left = [len(known)]
    def done(child):
        left[0] -= 1
        if outer.done():
            if not child.cancelled():
                child.exception()
            return
        if not return_exceptions:
            if child.cancelled():
                outer.set_exception(child._cancelled_error())
                return
            if child.exception() is not None:
                outer.set_exception(child.exception())
                return
        if not left[0]:
            results = [c._cancelled_error() if c.cancelled() else c.exception() or c.result() for c in children]
            if outer._asked:
                outer.set_exception(CancelledError())
            else:
                outer.set_result(results)
    for child in known.values():
        child.add_done_callback(done)
    return outer

class _Gathering(Future):
    def __init__(self, children):
        super().__init__(loop=children[0]._loop)
        self._children = children
        self._asked = False
    def cancel(self, msg=None):
        if self.done():
            return False
        some = False
        for child in self._children:
            some = child.cancel(msg) or some
        self._asked = self._asked or some
        return some

def shield(arg):
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = inner._loop.create_future()
    def done(_):
        if outer.done():
            if not inner.cancelled():
                inner.exception()
        elif inner.cancelled():
            outer.cancel()
        elif inner.exception() is not None:
            outer.set_exception(inner.exception())
        else:
            outer.set_result(inner.result())
    inner.add_done_callback(done)
    return outer

class Timeout:
    def __init__(self, when):
        self._when = when
        self._handle = None
        self._expired = False
    def when(self):
        return self._when
    def expired(self):
        return self._expired
    def reschedule(self, when):
        if self._handle is not None:
            self._handle.cancel()
        self._when = when
        self._handle = None if when is None else get_running_loop().call_at(when, self._expire)
    def _expire(self):
        self._expired = True
        self._task.cancel()
    async def __aenter__(self):
        self._task = current_task()
        if self._task is None:
            raise RuntimeError('Timeout should be used inside a task')
        self.reschedule(self._when)
        return self
    async def __aexit__(self, kind, value, traceback):
        if self._handle is not None:
            self._handle.cancel()
        if self._expired and self._task.uncancel() <= 0 and kind is not None and issubclass(kind, CancelledError):
            raise TimeoutError from value

def timeout(delay):
    return Timeout(None if delay is None else get_running_loop().time() + delay)
def timeout_at(when):
    return Timeout(when)

async def wait_for(fut, timeout):
    if timeout is not None and timeout <= 0:
        fut = ensure_future(fut)
        if not fut.done():
            fut.cancel()
            try:
                await fut
            except CancelledError as error:
                raise TimeoutError from error
        return fut.result()
    async with Timeout(None if timeout is None else get_running_loop().time() + timeout):
        return await fut

async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    fs = set(fs)
    if not fs:
        raise ValueError('Set of Tasks/Futures is empty.')
    if any(iscoroutine(f) for f in fs):
        raise TypeError('Passing coroutines is forbidden, use tasks explicitly.')
    loop = get_running_loop()
    waiter = loop.create_future()
    def enough():
        over = [f for f in fs if f.done()]
        return len(over) == len(fs) or (over and return_when == FIRST_COMPLETED) or (return_when == FIRST_EXCEPTION and any(not f.cancelled() and f.exception() is not None for f in over))
    def done(_):
        if enough() and not waiter.done():
            waiter.set_result(None)
    for f in fs:
        f.add_done_callback(done)
    handle = None if timeout is None else loop.call_later(timeout, lambda: waiter.done() or waiter.set_result(None))
    try:
        if not enough():
            await waiter
    finally:
        if handle is not None:
            handle.cancel()
        for f in fs:
            f.remove_done_callback(done)
    over = {f for f in fs if f.done()}
    return over, fs - over

def as_completed(fs, *, timeout=None):
    done = Queue()
    tasks = [ensure_future(f) for f in fs]
    end = None if timeout is None else get_event_loop().time() + timeout
    for task in tasks:
        task.add_done_callback(done.put_nowait)
    async def one():
        if end is None:
            return (await done.get()).result()
        return (await wait_for(done.get(), end - get_running_loop().time())).result()
    for _ in tasks:
        yield one()

async def to_thread(func, /, *args, **kwargs):
    return await get_running_loop().run_in_executor(None, lambda: func(*args, **kwargs))

class TaskGroup:
    def __init__(self):
        self._tasks = []
        self._errors = []
        self._parent = None
        self._aborting = False
        self._asked = False
    async def __aenter__(self):
        self._parent = current_task()
        self._loop = get_running_loop()
        self._changed = None
        return self
    def create_task(self, coro, *, name=None, context=None):
        if self._parent is None:
            raise RuntimeError('TaskGroup %r has not been entered' % self)
        task = self._loop.create_task(coro, name=name)
        self._tasks.append(task)
        task.add_done_callback(self._done)
        return task
    def _done(self, task):
        self._tasks.remove(task)
        if self._changed is not None and not self._changed.done() and not self._tasks:
            self._changed.set_result(None)
        if task.cancelled() or task.exception() is None:
            return
        self._errors.append(task.exception())
        if not self._aborting:
            self._abort()
            if self._changed is None and not self._parent.done():
                self._asked = True
                self._parent.cancel()
    def _abort(self):
        self._aborting = True
        for task in self._tasks:
            if not task.done():
                task.cancel()
    async def __aexit__(self, kind, value, traceback):
        cancelled = value if kind is not None and issubclass(kind, CancelledError) else None
        if self._asked and self._parent.uncancel() == 0:
            cancelled = None
        if kind is not None and not self._aborting:
            self._abort()
        while self._tasks:
            self._changed = self._loop.create_future()
            try:
                await self._changed
            except CancelledError as error:
                if not self._aborting:
                    cancelled = error
                    self._abort()
        if cancelled is not None and not self._errors:
            raise cancelled
        if kind is not None and not issubclass(kind, CancelledError):
            self._errors.append(value)
        if self._errors:
            raise BaseExceptionGroup('unhandled errors in a TaskGroup', self._errors)
`
