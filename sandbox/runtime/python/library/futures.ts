/** `concurrent.futures`, in Python: a pool of threads. */

export const FUTURES = `
import threading
import queue

FIRST_COMPLETED = 'FIRST_COMPLETED'
FIRST_EXCEPTION = 'FIRST_EXCEPTION'
ALL_COMPLETED = 'ALL_COMPLETED'

class Error(Exception):
    pass
class CancelledError(Error):
    pass
class InvalidStateError(Error):
    pass
class BrokenExecutor(RuntimeError):
    pass
TimeoutError = TimeoutError

class Future:
    def __init__(self):
        self._condition = threading.Condition()
        self._state = 'PENDING'
        self._result = None
        self._exception = None
        self._callbacks = []
    def __repr__(self):
        if self._state == 'FINISHED':
            how = 'raised ' + type(self._exception).__name__ if self._exception else 'returned ' + type(self._result).__name__
            return '<Future at %#x state=finished %s>' % (id(self), how)
        return '<Future at %#x state=%s>' % (id(self), self._state.lower())
    def cancel(self):
        with self._condition:
            if self._state in ('RUNNING', 'FINISHED'):
                return False
            if self._state == 'CANCELLED':
                return True
            self._state = 'CANCELLED'
            self._condition.notify_all()
        self._call()
        return True
    def cancelled(self):
        return self._state == 'CANCELLED'
    def running(self):
        return self._state == 'RUNNING'
    def done(self):
        return self._state in ('CANCELLED', 'FINISHED')
    def _wait(self, timeout):
        with self._condition:
            if not self._condition.wait_for(self.done, timeout):
                raise TimeoutError()
        if self._state == 'CANCELLED':
            raise CancelledError()
    def result(self, timeout=None):
        self._wait(timeout)
        if self._exception is not None:
            raise self._exception
        return self._result
    def exception(self, timeout=None):
        self._wait(timeout)
        return self._exception
    def add_done_callback(self, fn):
        with self._condition:
            if not self.done():
                self._callbacks.append(fn)
                return
        fn(self)
    def _call(self):
        for fn in self._callbacks:
            fn(self)
    def set_running_or_notify_cancel(self):
        if self._state == 'CANCELLED':
            return False
        self._state = 'RUNNING'
        return True
    def _finish(self, result, exception):
        with self._condition:
            if self.done():
                raise InvalidStateError('%s: %r' % (self._state, self))
            self._result, self._exception, self._state = result, exception, 'FINISHED'
            self._condition.notify_all()
        self._call()
    def set_result(self, result):
        self._finish(result, None)
    def set_exception(self, exception):
        self._finish(None, exception)

class Executor:
    def __enter__(self):
        return self
    def __exit__(self, kind, value, traceback):
        self.shutdown(wait=True)
        return False
    def map(self, fn, *iterables, timeout=None, chunksize=1):
        futures = [self.submit(fn, *args) for args in zip(*iterables)]
        def results():
            try:
                for future in futures:
                    yield future.result(timeout)
            finally:
                for future in futures:
                    future.cancel()
        return results()

_executors = [0]

class ThreadPoolExecutor(Executor):
    def __init__(self, max_workers=None, thread_name_prefix='', initializer=None, initargs=()):
        if max_workers is None:
            import os
            max_workers = min(32, (os.cpu_count() or 1) + 4)
        if max_workers <= 0:
            raise ValueError('max_workers must be greater than 0')
        self._max_workers = max_workers
        self._work = queue.SimpleQueue()
        self._threads = []
        self._idle = 0
        self._shut = False
        self._prefix = thread_name_prefix or 'ThreadPoolExecutor-%d' % _executors[0]
        _executors[0] += 1
        self._init = (initializer, initargs)
        threading._register_atexit(lambda: self.shutdown(wait=True))
    def submit(self, fn, /, *args, **kwargs):
        if self._shut:
            raise RuntimeError('cannot schedule new futures after shutdown')
        future = Future()
        self._work.put((future, fn, args, kwargs))
        if self._idle > 0:
            self._idle -= 1
        elif len(self._threads) < self._max_workers:
            thread = threading.Thread(target=self._worker, name='%s_%d' % (self._prefix, len(self._threads)))
            self._threads.append(thread)
            thread.start()
        return future
    def _worker(self):
        initializer, initargs = self._init
        if initializer is not None:
            initializer(*initargs)
        while True:
            if self._work.empty():
                self._idle += 1
            item = self._work.get()
            if item is None:
                self._work.put(None)
                return
            future, fn, args, kwargs = item
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)
            del item, future
    def shutdown(self, wait=True, *, cancel_futures=False):
        if not self._shut:
            self._shut = True
            if cancel_futures:
                while not self._work.empty():
                    item = self._work.get()
                    if item is not None:
                        item[0].cancel()
            self._work.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

def ProcessPoolExecutor(*args, **kwargs):
    from _support import refuse
    refuse('concurrent.futures.ProcessPoolExecutor')

def as_completed(fs, timeout=None):
    pending = set(fs)
    done = queue.SimpleQueue()
    for future in list(pending):
        future.add_done_callback(done.put)
    total = len(pending)
    try:
        for at in range(total):
            try:
                future = done.get(timeout=timeout)
            except queue.Empty:
                raise TimeoutError('%d (of %d) futures unfinished' % (total - at, total)) from None
            yield future
    finally:
        pass

from collections import namedtuple
DoneAndNotDoneFutures = namedtuple('DoneAndNotDoneFutures', 'done not_done')

def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    import time
    fs = set(fs)
    end = None if timeout is None else time.monotonic() + timeout
    changed = threading.Event()
    for future in fs:
        future.add_done_callback(lambda _: changed.set())
    def enough():
        over = [f for f in fs if f.done()]
        if return_when == FIRST_COMPLETED and over:
            return True
        if return_when == FIRST_EXCEPTION and any(not f.cancelled() and f._exception for f in over):
            return True
        return len(over) == len(fs)
    while not enough():
        changed.clear()
        left = None if end is None else end - time.monotonic()
        if left is not None and left <= 0:
            break
        changed.wait(left)
    done = {f for f in fs if f.done()}
    return DoneAndNotDoneFutures(done, fs - done)
`
