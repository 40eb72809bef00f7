/** `contextlib`, in Python. */

export const CONTEXTLIB = `
from functools import wraps

class _Manager:
    def __init__(self, generator):
        self.gen = generator
    def __enter__(self):
        return next(self.gen)
    def __exit__(self, kind, value, traceback):
        if kind is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.gen.throw(value)
        except StopIteration as err:
            return err is not value
        except BaseException as err:
            if err is not value:
                raise
            err.__traceback__ = traceback
            return False
        raise RuntimeError("generator didn't stop after throw()")

def contextmanager(fn):
    @wraps(fn)
    def helper(*args, **kwargs):
        return _Manager(fn(*args, **kwargs))
    return helper

class suppress:
    def __init__(self, *exceptions):
        self._exceptions = exceptions
    def __enter__(self):
        pass
    def __exit__(self, kind, value, traceback):
        return kind is not None and issubclass(kind, self._exceptions)

class closing:
    def __init__(self, thing):
        self.thing = thing
    def __enter__(self):
        return self.thing
    def __exit__(self, *args):
        self.thing.close()

class ExitStack:
    def __init__(self):
        self._exits = []
    def push(self, exit):
        self._exits.append(exit.__exit__ if hasattr(exit, '__exit__') else exit)
        return exit
    def enter_context(self, context):
        entered = context.__enter__()
        self._exits.append(context.__exit__)
        return entered
    def callback(self, callback, /, *args, **kwargs):
        def call(kind, value, traceback):
            callback(*args, **kwargs)
        self._exits.append(call)
        return callback
    def pop_all(self):
        new = type(self)()
        new._exits, self._exits = self._exits, []
        return new
    def close(self):
        self.__exit__(None, None, None)
    def __enter__(self):
        return self
    def __exit__(self, kind, value, traceback):
        had = kind is not None
        error = value
        while self._exits:
            try:
                if self._exits.pop()(kind, value, traceback):
                    kind = value = traceback = error = None
            except BaseException as problem:
                kind, value, traceback, error = type(problem), problem, problem.__traceback__, problem
                had = had and error is value
        if error is not None and error is not value or (error is not None and not had):
            raise error
        return had and error is None

class AsyncExitStack(ExitStack):
    async def enter_async_context(self, context):
        entered = await context.__aenter__()
        self._exits.append((context,))
        return entered
    async def aclose(self):
        await self.__aexit__(None, None, None)
    async def __aenter__(self):
        return self
    async def __aexit__(self, kind, value, traceback):
        while self._exits:
            exit = self._exits.pop()
            if (await exit[0].__aexit__(kind, value, traceback)) if isinstance(exit, tuple) else exit(kind, value, traceback):
                kind = value = traceback = None
        return kind is None and value is None

class _AsyncManager:
    def __init__(self, generator):
        self.gen = generator
    async def __aenter__(self):
        return await self.gen.__anext__()
    async def __aexit__(self, kind, value, traceback):
        if kind is None:
            try:
                await self.gen.__anext__()
            except StopAsyncIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            await self.gen.athrow(value)
        except StopAsyncIteration as err:
            return err is not value
        except BaseException as err:
            if err is not value:
                raise
            return False
        raise RuntimeError("generator didn't stop after athrow()")

def asynccontextmanager(fn):
    @wraps(fn)
    def helper(*args, **kwargs):
        return _AsyncManager(fn(*args, **kwargs))
    return helper

class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result
    def __enter__(self):
        return self.enter_result
    def __exit__(self, *args):
        pass

class _Redirect:
    def __init__(self, target):
        self._target = target
    def __enter__(self):
        import sys
        self._old = getattr(sys, self._stream)
        setattr(sys, self._stream, self._target)
        return self._target
    def __exit__(self, *args):
        import sys
        setattr(sys, self._stream, self._old)

class redirect_stdout(_Redirect):
    _stream = 'stdout'

class redirect_stderr(_Redirect):
    _stream = 'stderr'
`
