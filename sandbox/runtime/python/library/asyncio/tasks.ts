/** Of `asyncio`: futures, tasks, and what makes one of the other; the runner of the first. */

export const TASKS = `
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
`
