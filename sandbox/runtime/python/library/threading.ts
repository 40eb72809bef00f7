/** `threading`, in Python, over locks. */

export const THREADING = `
from _thread import allocate_lock as Lock, get_ident, get_native_id, start_new_thread, shown
import time as _time

TIMEOUT_MAX = 9223372036.0
ThreadError = RuntimeError

class RLock:
    def __init__(self):
        self._block = Lock()
        self._owner = None
        self._count = 0
    def acquire(self, blocking=True, timeout=-1):
        me = get_ident()
        if self._owner == me:
            self._count += 1
            return True
        if not self._block.acquire(blocking, timeout):
            return False
        self._owner = me
        self._count = 1
        return True
    __enter__ = acquire
    def release(self):
        if self._owner != get_ident():
            raise RuntimeError('cannot release un-acquired lock')
        self._count -= 1
        if not self._count:
            self._owner = None
            self._block.release()
    def __exit__(self, kind, value, traceback):
        self.release()
    def _is_owned(self):
        return self._owner == get_ident()
    def _release_save(self):
        state = (self._count, self._owner)
        self._count, self._owner = 0, None
        self._block.release()
        return state
    def _acquire_restore(self, state):
        self._block.acquire()
        self._count, self._owner = state

class Condition:
    def __init__(self, lock=None):
        self._lock = RLock() if lock is None else lock
        self.acquire = self._lock.acquire
        self.release = self._lock.release
        self._waiters = []
    def __enter__(self):
        return self._lock.__enter__()
    def __exit__(self, *args):
        return self._lock.__exit__(*args)
    def _owned(self):
        if isinstance(self._lock, RLock):
            return self._lock._is_owned()
        if self._lock.acquire(False):
            self._lock.release()
            return False
        return True
    def wait(self, timeout=None):
        if not self._owned():
            raise RuntimeError('cannot wait on un-acquired lock')
        waiter = Lock()
        waiter.acquire()
        self._waiters.append(waiter)
        state = self._lock._release_save() if isinstance(self._lock, RLock) else self._lock.release()
        woken = False
        try:
            woken = waiter.acquire() if timeout is None else waiter.acquire(timeout > 0, timeout if timeout > 0 else -1)
            return woken
        finally:
            if isinstance(self._lock, RLock):
                self._lock._acquire_restore(state)
            else:
                self._lock.acquire()
            if not woken and waiter in self._waiters:
                self._waiters.remove(waiter)
    def wait_for(self, predicate, timeout=None):
        end = None if timeout is None else _time.monotonic() + timeout
        result = predicate()
        while not result:
            left = None
            if end is not None:
                left = end - _time.monotonic()
                if left <= 0:
                    break
            self.wait(left)
            result = predicate()
        return result
    def notify(self, n=1):
        if not self._owned():
            raise RuntimeError('cannot notify on un-acquired lock')
        for waiter in self._waiters[:n]:
            self._waiters.remove(waiter)
            waiter.release()
    def notify_all(self):
        self.notify(len(self._waiters))

class Semaphore:
    def __init__(self, value=1):
        if value < 0:
            raise ValueError('semaphore initial value must be >= 0')
        self._cond = Condition(Lock())
        self._value = value
    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        with self._cond:
            if not blocking and not self._value:
                return False
            if not self._cond.wait_for(lambda: self._value, timeout):
                return False
            self._value -= 1
            return True
    __enter__ = acquire
    def release(self, n=1):
        if n < 1:
            raise ValueError('n must be one or more')
        with self._cond:
            self._value += n
            self._cond.notify(n)
    def __exit__(self, kind, value, traceback):
        self.release()

class BoundedSemaphore(Semaphore):
    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value
    def release(self, n=1):
        if self._value + n > self._initial_value:
            raise ValueError('Semaphore released too many times')
        super().release(n)

class Event:
    def __init__(self):
        self._cond = Condition(Lock())
        self._flag = False
    def __repr__(self):
        return '<%s.%s at %#x: %s>' % (type(self).__module__, type(self).__qualname__, id(self), 'set' if self._flag else 'unset')
    def is_set(self):
        return self._flag
    def set(self):
        with self._cond:
            self._flag = True
            self._cond.notify_all()
    def clear(self):
        with self._cond:
            self._flag = False
    def wait(self, timeout=None):
        with self._cond:
            if not self._flag:
                self._cond.wait_for(lambda: self._flag, timeout)
            return self._flag

class BrokenBarrierError(RuntimeError):
    pass

class Barrier:
    def __init__(self, parties, action=None, timeout=None):
        if parties < 1:
            raise ValueError('parties must be greater than 0')
        self._cond = Condition(Lock())
        self._action = action
        self._timeout = timeout
        self.parties = parties
        self.n_waiting = 0
        self._round = 0
        self.broken = False
    def wait(self, timeout=None):
        timeout = self._timeout if timeout is None else timeout
        with self._cond:
            if self.broken:
                raise BrokenBarrierError
            at, now = self.n_waiting, self._round
            self.n_waiting += 1
            if self.n_waiting == self.parties:
                if self._action:
                    self._action()
                self._round += 1
                self.n_waiting = 0
                self._cond.notify_all()
            elif not self._cond.wait_for(lambda: self._round != now or self.broken, timeout):
                self.abort_()
                raise BrokenBarrierError
            elif self.broken:
                raise BrokenBarrierError
            return at
    def abort_(self):
        self.broken = True
        self._cond.notify_all()
    def abort(self):
        with self._cond:
            self.abort_()
    def reset(self):
        with self._cond:
            self.n_waiting, self.broken = 0, False
            self._round += 1
            self._cond.notify_all()

_active = {}
_counter = [0]

class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        assert group is None, 'group argument must be None for now'
        if name is None:
            _counter[0] += 1
            name = 'Thread-%d' % _counter[0]
            if target is not None and hasattr(target, '__name__'):
                name += ' (%s)' % target.__name__
        self.name = str(name)
        self._target = target
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._ident = None
        self._started = False
        self._over = Event()
    def __repr__(self):
        state = 'initial' if not self._started else 'stopped' if self._over.is_set() else 'started'
        if self._daemonic:
            state += ' daemon'
        if self._ident is not None:
            state += ' %s' % self._ident
        return '<%s(%s, %s)>' % (type(self).__name__, self.name, state)
    @property
    def daemon(self):
        return self._daemonic
    @daemon.setter
    def daemon(self, daemonic):
        if self._started:
            raise RuntimeError('cannot set daemon status of active thread')
        self._daemonic = daemonic
    @property
    def ident(self):
        return self._ident
    @property
    def native_id(self):
        return self._native
    def start(self):
        if self._started:
            raise RuntimeError('threads can only be started once')
        self._started = True
        start_new_thread(self._bootstrap, ())
    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)
    def _bootstrap(self):
        self._ident = get_ident()
        self._native = get_native_id()
        _active[self._ident] = self
        try:
            self.run()
        except SystemExit:
            pass
        except BaseException as error:
            excepthook(ExceptHookArgs((type(error), error, error.__traceback__, self)))
        finally:
            del _active[self._ident]
            self._over.set()
    def join(self, timeout=None):
        if not self._started:
            raise RuntimeError('cannot join thread before it is started')
        if self is current_thread():
            raise RuntimeError('cannot join current thread')
        self._over.wait(timeout)
    def is_alive(self):
        return self._started and not self._over.is_set()
    def getName(self):
        return self.name
    def setName(self, name):
        self.name = name
    def isDaemon(self):
        return self.daemon
    def setDaemon(self, daemonic):
        self.daemon = daemonic

class _MainThread(Thread):
    def __init__(self):
        self.name = 'MainThread'
        self._daemonic = False
        self._ident = get_ident()
        self._native = get_native_id()
        self._started = True
        self._over = Event()

class ExceptHookArgs:
    def __init__(self, args):
        self.exc_type, self.exc_value, self.exc_traceback, self.thread = args

def excepthook(args):
    import sys
    name = args.thread.name if args.thread is not None else get_ident()
    sys.stderr.write('Exception in thread %s:\\n%s' % (name, shown(args.exc_value)))

class Timer(Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval = interval
        self.function = function
        self.args = args if args is not None else []
        self.kwargs = kwargs if kwargs is not None else {}
        self.finished = Event()
    def cancel(self):
        self.finished.set()
    def run(self):
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()

class local:
    def __new__(cls, *args, **kwargs):
        self = object.__new__(cls)
        object.__setattr__(self, '_local_values', {})
        return self
    def __getattr__(self, name):
        values = self.__dict__['_local_values'].get(get_ident(), {})
        if name in values:
            return values[name]
        raise AttributeError("'%s' object has no attribute '%s'" % ('_thread._local' if type(self) is local else type(self).__name__, name))
    def __setattr__(self, name, value):
        self._local_values.setdefault(get_ident(), {})[name] = value

_main = _MainThread()
_active[_main._ident] = _main

def current_thread():
    return _active.get(get_ident(), _main)
def main_thread():
    return _main
def active_count():
    return len(_active)
def enumerate():
    return list(_active.values())
currentThread = current_thread
activeCount = active_count

_exit_calls = []
def _register_atexit(fn):
    _exit_calls.append(fn)

def _shutdown():
    for call in reversed(_exit_calls):
        call()
    for thread in list(_active.values()):
        while thread is not _main and thread.is_alive() and not thread.daemon:
            thread.join()
    if [t for t in _active.values() if t is not _main and not t.daemon]:
        _shutdown()
`
