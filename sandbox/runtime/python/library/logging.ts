/** `logging`, in Python. */

export const LOGGING = String.raw`
import sys
import time
import os
import traceback as _traceback
from _support import caller, now_ms

CRITICAL = FATAL = 50
ERROR = 40
WARNING = WARN = 30
INFO = 20
DEBUG = 10
NOTSET = 0

_names = {CRITICAL: 'CRITICAL', ERROR: 'ERROR', WARNING: 'WARNING', INFO: 'INFO', DEBUG: 'DEBUG', NOTSET: 'NOTSET'}
_levels = {name: level for level, name in _names.items()}
_levels['WARN'] = WARNING
_levels['FATAL'] = CRITICAL
raiseExceptions = True
_start = now_ms()

def getLevelName(level):
    if isinstance(level, str):
        return _levels.get(level, 'Level ' + level)
    return _names.get(level, 'Level %s' % level)

def addLevelName(level, name):
    _names[level] = name
    _levels[name] = level

def getLevelNamesMapping():
    return dict(_levels)

def _check(level):
    if isinstance(level, str):
        if level not in _levels:
            raise ValueError('Unknown level: %r' % level)
        return _levels[level]
    return level

class LogRecord:
    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, extra=None):
        if args and len(args) == 1 and isinstance(args[0], dict) and args[0]:
            args = args[0]
        ct = time.time()
        self.name = name
        self.levelno = level
        self.levelname = getLevelName(level)
        self.pathname = pathname
        self.filename = os.path.basename(pathname)
        self.module = os.path.splitext(self.filename)[0]
        self.lineno = lineno
        self.funcName = func
        self.msg = msg
        self.args = args
        self.exc_info = exc_info
        self.exc_text = None
        self.created = ct
        self.msecs = int((ct - int(ct)) * 1000)
        self.relativeCreated = (ct * 1000) - _start
        self.process = os.getpid()
        self.processName = 'MainProcess'
        self.thread = 140234180000000
        self.threadName = 'MainThread'
        for key, value in (extra or {}).items():
            setattr(self, key, value)
    def getMessage(self):
        msg = str(self.msg)
        return msg % self.args if self.args else msg

class Formatter:
    default_time_format = '%Y-%m-%d %H:%M:%S'
    converter = time.localtime
    def __init__(self, fmt=None, datefmt=None, style='%', validate=True, *, defaults=None):
        self._fmt = fmt or {'%': '%(message)s', '{': '{message}', '$': '$message'}[style]
        self.datefmt = datefmt
        self._style = style
    def formatTime(self, record, datefmt=None):
        fields = time.gmtime(record.created)
        if datefmt:
            return time.strftime(datefmt, fields)
        return '%s,%03d' % (time.strftime(self.default_time_format, fields), record.msecs)
    def formatException(self, exc_info):
        return ''.join(_traceback.format_exception(exc_info[1])).rstrip('\n')
    def formatMessage(self, record):
        values = dict(record.__dict__)
        if self._style == '{':
            return self._fmt.format(**values)
        if self._style == '$':
            from string import Template
            return Template(self._fmt).substitute(values)
        return self._fmt % values
    def format(self, record):
        record.message = record.getMessage()
        if 'asctime' in self._fmt:
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_info:
            text = text.rstrip('\n') + '\n' + self.formatException(record.exc_info)
        return text

BASIC_FORMAT = '%(levelname)s:%(name)s:%(message)s'

class Filterer:
    def __init__(self):
        self.filters = []
    def addFilter(self, filter):
        self.filters.append(filter)
    def removeFilter(self, filter):
        self.filters.remove(filter)
    def filter(self, record):
        return all(f.filter(record) if hasattr(f, 'filter') else f(record) for f in self.filters)

class Filter:
    def __init__(self, name=''):
        self.name = name
    def filter(self, record):
        return not self.name or record.name == self.name or record.name.startswith(self.name + '.')

class Handler(Filterer):
    def __init__(self, level=NOTSET):
        super().__init__()
        self.level = _check(level)
        self.formatter = None
    def setLevel(self, level):
        self.level = _check(level)
    def setFormatter(self, fmt):
        self.formatter = fmt
    def format(self, record):
        return (self.formatter or _default).format(record)
    def handle(self, record):
        if self.filter(record):
            self.emit(record)
    def emit(self, record):
        raise NotImplementedError('emit must be implemented by Handler subclasses')
    def flush(self):
        pass
    def close(self):
        pass
    def __repr__(self):
        return '<%s (%s)>' % (type(self).__name__, getLevelName(self.level))

_default = Formatter()

class StreamHandler(Handler):
    terminator = '\n'
    def __init__(self, stream=None):
        super().__init__()
        self.stream = stream or sys.stderr
    def emit(self, record):
        try:
            self.stream.write(self.format(record) + self.terminator)
            self.flush()
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)
    def handleError(self, record):
        sys.stderr.write('--- Logging error ---\n')
        _traceback.print_exc()
    def flush(self):
        self.stream.flush()
    def __repr__(self):
        name = str(getattr(self.stream, 'name', ''))
        return '<%s %s(%s)>' % (type(self).__name__, name + ' ' if name else '', getLevelName(self.level))

class FileHandler(StreamHandler):
    def __init__(self, filename, mode='a', encoding=None, delay=False):
        self.baseFilename = os.path.abspath(filename)
        self.mode = mode
        super().__init__(_Unopened() if delay else self._open())
    def _open(self):
        return open(self.baseFilename, self.mode)
    def emit(self, record):
        if isinstance(self.stream, _Unopened):
            self.stream = self._open()
        super().emit(record)
    def close(self):
        self.stream.close()
        self.stream = _Unopened()
    def __repr__(self):
        return '<%s %s (%s)>' % (type(self).__name__, self.baseFilename, getLevelName(self.level))

class _Unopened:
    def flush(self):
        pass
    def close(self):
        pass

class NullHandler(Handler):
    def emit(self, record):
        pass

_last = StreamHandler(sys.stderr)
_last.setLevel(WARNING)
lastResort = _last

class Logger(Filterer):
    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name = name
        self.level = _check(level)
        self.parent = None
        self.propagate = True
        self.handlers = []
        self.disabled = False
    def setLevel(self, level):
        self.level = _check(level)
    def getEffectiveLevel(self):
        at = self
        while at:
            if at.level:
                return at.level
            at = at.parent
        return NOTSET
    def isEnabledFor(self, level):
        return not self.disabled and level > _disabled[0] and level >= self.getEffectiveLevel()
    def addHandler(self, handler):
        if handler not in self.handlers:
            self.handlers.append(handler)
    def removeHandler(self, handler):
        if handler in self.handlers:
            self.handlers.remove(handler)
    def hasHandlers(self):
        at = self
        while at:
            if at.handlers:
                return True
            at = at.parent if at.propagate else None
        return False
    def getChild(self, suffix):
        return getLogger(self.name + '.' + suffix if self is not root else suffix)
    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        if exc_info:
            if isinstance(exc_info, BaseException):
                exc_info = (type(exc_info), exc_info, None)
            elif not isinstance(exc_info, tuple):
                exc_info = sys.exc_info()
        up = 0
        while caller(up)[0] == __file__:
            up += 1
        file, line, func = caller(up)
        self.handle(LogRecord(self.name, level, file, line, msg, args, exc_info, func, extra))
    def handle(self, record):
        if self.filter(record):
            self.callHandlers(record)
    def callHandlers(self, record):
        found = 0
        at = self
        while at:
            for handler in at.handlers:
                found += 1
                if record.levelno >= handler.level:
                    handler.handle(record)
            at = at.parent if at.propagate else None
        if not found and record.levelno >= _last.level:
            _last.stream = sys.stderr
            _last.handle(record)
    def debug(self, msg, *args, **kwargs):
        if self.isEnabledFor(DEBUG):
            self._log(DEBUG, msg, args, **kwargs)
    def info(self, msg, *args, **kwargs):
        if self.isEnabledFor(INFO):
            self._log(INFO, msg, args, **kwargs)
    def warning(self, msg, *args, **kwargs):
        if self.isEnabledFor(WARNING):
            self._log(WARNING, msg, args, **kwargs)
    warn = warning
    def error(self, msg, *args, **kwargs):
        if self.isEnabledFor(ERROR):
            self._log(ERROR, msg, args, **kwargs)
    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.error(msg, *args, exc_info=exc_info, **kwargs)
    def critical(self, msg, *args, **kwargs):
        if self.isEnabledFor(CRITICAL):
            self._log(CRITICAL, msg, args, **kwargs)
    fatal = critical
    def log(self, level, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            self._log(level, msg, args, **kwargs)
    def __repr__(self):
        return '<%s %s (%s)>' % (type(self).__name__, self.name, getLevelName(self.getEffectiveLevel()))

class RootLogger(Logger):
    pass

class LoggerAdapter:
    def __init__(self, logger, extra=None, merge_extra=False):
        self.logger = logger
        self.extra = extra
        self.merge_extra = merge_extra
    def process(self, msg, kwargs):
        given = kwargs.get('extra') if self.merge_extra else None
        kwargs['extra'] = {**(self.extra or {}), **given} if given else self.extra
        return msg, kwargs
    def log(self, level, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            msg, kwargs = self.process(msg, kwargs)
            self.logger.log(level, msg, *args, **kwargs)
    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)
    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)
    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)
    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)
    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)
    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)
    def isEnabledFor(self, level):
        return self.logger.isEnabledFor(level)
    def setLevel(self, level):
        self.logger.setLevel(level)
    def getEffectiveLevel(self):
        return self.logger.getEffectiveLevel()
    def hasHandlers(self):
        return self.logger.hasHandlers()
    @property
    def name(self):
        return self.logger.name
    def __repr__(self):
        return '<%s %s (%s)>' % (type(self).__name__, self.name, getLevelName(self.getEffectiveLevel()))

root = RootLogger('root', WARNING)
_loggers = {}
_disabled = [-1]

def disable(level=CRITICAL):
    _disabled[0] = level

def getLogger(name=None):
    if not name or name == 'root':
        return root
    if name not in _loggers:
        _loggers[name] = logger = Logger(name)
        parent = name.rpartition('.')[0]
        while parent and parent not in _loggers:
            parent = parent.rpartition('.')[0]
        logger.parent = _loggers[parent] if parent else root
        for other in _loggers.values():
            if other.name.startswith(name + '.') and not other.parent.name.startswith(name):
                other.parent = logger
    return _loggers[name]

def basicConfig(*, force=False, handlers=None, filename=None, filemode='a', stream=None, format=BASIC_FORMAT, datefmt=None, style='%', level=None, encoding=None, errors=None):
    if force:
        root.handlers.clear()
    if root.handlers:
        return
    if handlers is None:
        handlers = [FileHandler(filename, filemode) if filename else StreamHandler(stream)]
    for handler in handlers:
        if handler.formatter is None:
            handler.setFormatter(Formatter(format, datefmt, style))
        root.addHandler(handler)
    if level is not None:
        root.setLevel(level)

def _ready():
    if not root.handlers:
        basicConfig()

def debug(msg, *args, **kwargs):
    _ready()
    root.debug(msg, *args, **kwargs)
def info(msg, *args, **kwargs):
    _ready()
    root.info(msg, *args, **kwargs)
def warning(msg, *args, **kwargs):
    _ready()
    root.warning(msg, *args, **kwargs)
warn = warning
def error(msg, *args, **kwargs):
    _ready()
    root.error(msg, *args, **kwargs)
def exception(msg, *args, exc_info=True, **kwargs):
    error(msg, *args, exc_info=exc_info, **kwargs)
def critical(msg, *args, **kwargs):
    _ready()
    root.critical(msg, *args, **kwargs)
fatal = critical
def log(level, msg, *args, **kwargs):
    _ready()
    root.log(level, msg, *args, **kwargs)
def shutdown():
    pass
def captureWarnings(capture):
    pass
`
