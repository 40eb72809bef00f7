/** `asyncio`, in Python: a loop that runs coroutines one after the other, and waits for what is due next. */

export const ASYNCIO = `
import heapq
import threading
import time
from collections import deque
from concurrent.futures import Future as _ThreadFuture, ThreadPoolExecutor as _Pool, InvalidStateError
from _support import refuse
import types as _types

class CancelledError(BaseException):
    pass
TimeoutError = TimeoutError
FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = 'FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED'

class QueueEmpty(Exception):
    pass
class QueueFull(Exception):
    pass
class QueueShutDown(Exception):
    pass
class BrokenBarrierError(RuntimeError):
    pass

async def _nothing():
    pass
_coroutine = _nothing()
_Coroutine = type(_coroutine)
_coroutine.close()

def iscoroutine(obj):
    return isinstance(obj, _Coroutine)
def iscoroutinefunction(fn):
    from _support import is_async
    return is_async(fn)
def isfuture(obj):
    return isinstance(obj, Future)

class Handle:
    def __init__(self, callback, args):
        self._callback = callback
        self._args = args
        self._cancelled = False
    def cancel(self):
        self._cancelled = True
    def cancelled(self):
        return self._cancelled

class TimerHandle(Handle):
    def __init__(self, when, callback, args):
        super().__init__(callback, args)
        self._when = when
    def when(self):
        return self._when

_running = threading.local()

class AbstractEventLoop:
    pass

class _Loop(AbstractEventLoop):
    def __init__(self):
        self._ready = deque()
        self._timers = []
        self._count = 0
        self._wake = threading.Condition()
        self._stopping = False
        self._closed = False
        self._handler = None
        self._pool = None
        self._tasks = []
    def time(self):
        return time.monotonic()
    def is_running(self):
        return getattr(_running, 'loop', None) is self
    def is_closed(self):
        return self._closed
    def call_soon(self, callback, *args, context=None):
        handle = Handle(callback, args)
        self._ready.append(handle)
        return handle
    def call_soon_threadsafe(self, callback, *args, context=None):
        handle = self.call_soon(callback, *args)
        with self._wake:
            self._wake.notify_all()
        return handle
    def call_later(self, delay, callback, *args, context=None):
        return self.call_at(self.time() + delay, callback, *args)
    def call_at(self, when, callback, *args, context=None):
        handle = TimerHandle(when, callback, args)
        self._count += 1
        heapq.heappush(self._timers, (when, self._count, handle))
        return handle
    def create_future(self):
        return Future(loop=self)
    def create_task(self, coro, *, name=None, context=None):
        return Task(coro, loop=self, name=name)
    def run_in_executor(self, executor, func, *args):
        if executor is None:
            if self._pool is None:
                self._pool = _Pool(thread_name_prefix='asyncio')
            executor = self._pool
        return wrap_future(executor.submit(func, *args), loop=self)
    def add_signal_handler(self, sig, callback, *args):
        import signal
        signal.signal(sig, lambda number, frame: self.call_soon_threadsafe(callback, *args))
    def remove_signal_handler(self, sig):
        import signal
        signal.signal(sig, signal.SIG_DFL)
    def set_exception_handler(self, handler):
        self._handler = handler
    def call_exception_handler(self, context):
        if self._handler is not None:
            self._handler(self, context)
        else:
            self.default_exception_handler(context)
    def default_exception_handler(self, context):
        import sys
        from _thread import shown
        lines = [context['message']]
        for key in sorted(context):
            if key not in ('message', 'exception'):
                lines.append('%s: %r' % (key, context[key]))
        sys.stderr.write('\\n'.join(lines) + '\\n')
        if context.get('exception') is not None:
            sys.stderr.write(shown(context['exception']))
    def _once(self):
        if not self._ready:
            with self._wake:
                if not self._ready:
                    while self._timers and self._timers[0][2]._cancelled:
                        heapq.heappop(self._timers)
                    if self._timers:
                        left = self._timers[0][0] - self.time()
                        if left > 0:
                            self._wake.wait(left)
                    elif not self._stopping:
                        self._wake.wait()
        now = self.time() + 1e-9
        while self._timers and self._timers[0][0] <= now:
            self._ready.append(heapq.heappop(self._timers)[2])
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            if handle._cancelled:
                continue
            try:
                handle._callback(*handle._args)
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as error:
                self.call_exception_handler({'message': 'Exception in callback %s' % getattr(handle._callback, '__name__', handle._callback), 'exception': error})
    def run_forever(self):
        if getattr(_running, 'loop', None) is not None:
            raise RuntimeError('This event loop is already running' if self.is_running() else 'Cannot run the event loop while another loop is running')
        _running.loop = self
        try:
            while not self._stopping:
                self._once()
        finally:
            self._stopping = False
            _running.loop = None
    def run_until_complete(self, future):
        future = ensure_future(future, loop=self)
        future.add_done_callback(lambda _: self.stop())
        self.run_forever()
        if not future.done():
            raise RuntimeError('Event loop stopped before Future completed.')
        return future.result()
    def stop(self):
        self._stopping = True
    def close(self):
        self._closed = True
        if self._pool is not None:
            self._pool.shutdown(wait=False)
    async def shutdown_asyncgens(self):
        pass
    async def shutdown_default_executor(self, timeout=None):
        if self._pool is not None:
            self._pool.shutdown(wait=True)

BaseEventLoop = SelectorEventLoop = _Loop

_policy = [None]

def get_running_loop():
    loop = getattr(_running, 'loop', None)
    if loop is None:
        raise RuntimeError('no running event loop')
    return loop
def get_event_loop():
    loop = getattr(_running, 'loop', None)
    if loop is not None:
        return loop
    if _policy[0] is None:
        _policy[0] = _Loop()
    return _policy[0]
def new_event_loop():
    return _Loop()
def set_event_loop(loop):
    _policy[0] = loop

class Future:
    def __init__(self, *, loop=None):
        self._loop = loop or get_event_loop()
        self._state = 'PENDING'
        self._result = None
        self._exception = None
        self._callbacks = []
        self._told = True
    def __repr__(self):
        return '<%s %s>' % (type(self).__name__, self._state.lower())
    def get_loop(self):
        return self._loop
    def done(self):
        return self._state != 'PENDING'
    def cancelled(self):
        return self._state == 'CANCELLED'
    def cancel(self, msg=None):
        if self.done():
            return False
        self._state = 'CANCELLED'
        self._message = msg
        self._schedule()
        return True
    def _cancelled_error(self):
        message = getattr(self, '_message', None)
        return CancelledError() if message is None else CancelledError(message)
    def result(self):
        if self._state == 'CANCELLED':
            raise self._cancelled_error()
        if self._state == 'PENDING':
            raise InvalidStateError('Result is not set.')
        self._told = True
        if self._exception is not None:
            raise self._exception
        return self._result
    def exception(self):
        if self._state == 'CANCELLED':
            raise self._cancelled_error()
        if self._state == 'PENDING':
            raise InvalidStateError('Exception is not set.')
        self._told = True
        return self._exception
    def add_done_callback(self, fn, *, context=None):
        if self.done():
            self._loop.call_soon(fn, self)
        else:
            self._callbacks.append(fn)
    def remove_done_callback(self, fn):
        before = len(self._callbacks)
        self._callbacks = [f for f in self._callbacks if f is not fn]
        return before - len(self._callbacks)
    def set_result(self, result):
        if self.done():
            raise InvalidStateError('invalid state')
        self._result, self._state = result, 'FINISHED'
        self._schedule()
    def set_exception(self, exception):
        if self.done():
            raise InvalidStateError('invalid state')
        if isinstance(exception, type):
            exception = exception()
        self._exception, self._state, self._told = exception, 'FINISHED', False
        self._schedule()
    def _schedule(self):
        callbacks, self._callbacks = self._callbacks, []
        for fn in callbacks:
            self._loop.call_soon(fn, self)
    def __await__(self):
        if not self.done():
            yield self
        if not self.done():
            raise RuntimeError("await wasn't used with future")
        return self.result()
    __iter__ = __await__

_task_names = [0]
_current = {}

class Task(Future):
    def __init__(self, coro, *, loop=None, name=None):
        super().__init__(loop=loop)
        if not iscoroutine(coro):
            raise TypeError('a coroutine was expected, got %r' % (coro,))
        _task_names[0] += 1
        self._name = 'Task-%d' % _task_names[0] if name is None else str(name)
        self._coro = coro
        self._waits_for = None
        self._must_cancel = False
        self._asked = 0
        self._loop._tasks.append(self)
        self._loop.call_soon(self._step)
    def __repr__(self):
        return '<Task %s name=%r coro=<%s()>>' % (self._state.lower(), self._name, self._coro.__name__)
    def get_name(self):
        return self._name
    def set_name(self, name):
        self._name = str(name)
    def get_coro(self):
        return self._coro
    def cancelling(self):
        return self._asked
    def uncancel(self):
        if self._asked > 0:
            self._asked -= 1
        return self._asked
    def cancel(self, msg=None):
        if self.done():
            return False
        self._asked += 1
        self._message = msg
        if self._waits_for is not None and self._waits_for.cancel(msg):
            return True
        self._must_cancel = True
        return True
    def _over(self):
        if self in self._loop._tasks:
            self._loop._tasks.remove(self)
    def _step(self, error=None):
        if self.done():
            return
        if self._must_cancel:
            if not isinstance(error, CancelledError):
                error = self._cancelled_error()
            self._must_cancel = False
        self._waits_for = None
        _current[self._loop] = self
        try:
            if error is None:
                waits = self._coro.send(None)
            else:
                waits = self._coro.throw(error)
        except StopIteration as stop:
            self._over()
            if self._must_cancel:
                super().cancel(getattr(self, '_message', None))
            else:
                super().set_result(stop.value)
        except CancelledError as stop:
            self._over()
            super().cancel(stop.args[0] if stop.args else None)
        except (KeyboardInterrupt, SystemExit) as problem:
            self._over()
            super().set_exception(problem)
            raise
        except BaseException as problem:
            self._over()
            super().set_exception(problem)
        else:
            if waits is None:
                self._loop.call_soon(self._step)
            elif isinstance(waits, Future):
                if waits is self:
                    self._loop.call_soon(self._step, RuntimeError('Task cannot await on itself: %r' % self))
                else:
                    self._waits_for = waits
                    waits.add_done_callback(self._wakeup)
                    if self._must_cancel and waits.cancel():
                        self._must_cancel = False
            else:
                self._loop.call_soon(self._step, RuntimeError('Task got bad yield: %r' % (waits,)))
        finally:
            _current[self._loop] = None
    def _wakeup(self, future):
        try:
            future.result()
        except BaseException as error:
            self._step(error)
        else:
            self._step()

def current_task(loop=None):
    return _current.get(loop or get_running_loop())
def all_tasks(loop=None):
    return set((loop or get_running_loop())._tasks)
def create_task(coro, *, name=None, context=None):
    return get_running_loop().create_task(coro, name=name)

async def _await(awaitable):
    return await awaitable

def ensure_future(obj, *, loop=None):
    if isfuture(obj):
        return obj
    if iscoroutine(obj):
        return (loop or get_event_loop()).create_task(obj)
    if hasattr(obj, '__await__'):
        return (loop or get_event_loop()).create_task(_await(obj))
    raise TypeError('An asyncio.Future, a coroutine or an awaitable is required')

def wrap_future(future, *, loop=None):
    if isfuture(future):
        return future
    loop = loop or get_event_loop()
    wrapped = loop.create_future()
    def copy():
        if wrapped.done():
            return
        if future.cancelled():
            wrapped.cancel()
        elif future.exception() is not None:
            wrapped.set_exception(future.exception())
        else:
            wrapped.set_result(future.result())
    future.add_done_callback(lambda _: loop.call_soon_threadsafe(copy))
    wrapped.add_done_callback(lambda f: f.cancelled() and future.cancel())
    return wrapped

def run_coroutine_threadsafe(coro, loop):
    result = _ThreadFuture()
    def over(task):
        if task.cancelled():
            result.cancel()
        elif task.exception() is not None:
            result.set_exception(task.exception())
        else:
            result.set_result(task.result())
    loop.call_soon_threadsafe(lambda: ensure_future(coro, loop=loop).add_done_callback(over))
    return result

class Runner:
    def __init__(self, *, debug=None, loop_factory=None):
        self._loop = None
        self._factory = loop_factory
    def __enter__(self):
        return self
    def __exit__(self, *args):
        self.close()
    def get_loop(self):
        if self._loop is None:
            self._loop = self._factory() if self._factory else new_event_loop()
        return self._loop
    def run(self, coro, *, context=None):
        if not iscoroutine(coro):
            raise ValueError('a coroutine was expected, got %r' % (coro,))
        if getattr(_running, 'loop', None) is not None:
            raise RuntimeError('Runner.run() cannot be called from a running event loop')
        return self.get_loop().run_until_complete(coro)
    def close(self):
        loop = self._loop
        if loop is None or loop.is_closed():
            return
        left = list(loop._tasks)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(gather(*left, return_exceptions=True))
            for task in left:
                if not task.cancelled() and task.exception() is not None:
                    loop.call_exception_handler({'message': 'unhandled exception during asyncio.run() shutdown', 'exception': task.exception(), 'task': task})
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

def run(main, *, debug=None, loop_factory=None):
    if getattr(_running, 'loop', None) is not None:
        raise RuntimeError('asyncio.run() cannot be called from a running event loop')
    with Runner(loop_factory=loop_factory) as runner:
        return runner.run(main)

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
            refuse('the ExceptionGroup of a TaskGroup whose tasks have failed: %r' % self._errors)

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
