/** Of `asyncio`: what it imports, its errors, and the loop that calls what is due. */

export const LOOP = `
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
`
