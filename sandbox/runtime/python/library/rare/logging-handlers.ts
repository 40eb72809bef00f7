/** `logging.handlers`: files that rotate by size, records that wait in memory or in a queue. Of other handlers the names are refused. */
export const LOGGING_HANDLERS = `
import copy
import logging
import os
import threading

class BaseRotatingHandler(logging.FileHandler):
    namer = None
    rotator = None
    def emit(self, record):
        try:
            if self.shouldRollover(record):
                self.doRollover()
            logging.FileHandler.emit(self, record)
        except Exception:
            self.handleError(record)
    def rotation_filename(self, default_name):
        return self.namer(default_name) if callable(self.namer) else default_name
    def rotate(self, source, dest):
        if callable(self.rotator):
            self.rotator(source, dest)
        elif os.path.exists(source):
            os.rename(source, dest)

class RotatingFileHandler(BaseRotatingHandler):
    def __init__(self, filename, mode='a', maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None):
        # What is written over at each start could not be rotated.
        super().__init__(filename, 'a' if maxBytes > 0 else mode, encoding, delay)
        self.maxBytes = maxBytes
        self.backupCount = backupCount
    def shouldRollover(self, record):
        if self.maxBytes <= 0:
            return False
        held = os.path.getsize(self.baseFilename) if os.path.exists(self.baseFilename) else 0
        return held > 0 and held + len((self.format(record) + self.terminator).encode()) >= self.maxBytes
    def doRollover(self):
        self.close()
        for i in range(self.backupCount - 1, -1, -1):
            source = self.rotation_filename('%s.%d' % (self.baseFilename, i)) if i else self.baseFilename
            dest = self.rotation_filename('%s.%d' % (self.baseFilename, i + 1))
            if os.path.exists(source):
                if os.path.exists(dest):
                    os.remove(dest)
                self.rotate(source, dest)
        self.stream = self._open()

class BufferingHandler(logging.Handler):
    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity
        self.buffer = []
    def shouldFlush(self, record):
        return len(self.buffer) >= self.capacity
    def emit(self, record):
        self.buffer.append(record)
        if self.shouldFlush(record):
            self.flush()
    def flush(self):
        self.buffer.clear()
    def close(self):
        self.flush()

class MemoryHandler(BufferingHandler):
    def __init__(self, capacity, flushLevel=logging.ERROR, target=None, flushOnClose=True):
        super().__init__(capacity)
        self.flushLevel = flushLevel
        self.target = target
        self.flushOnClose = flushOnClose
    def shouldFlush(self, record):
        return super().shouldFlush(record) or record.levelno >= self.flushLevel
    def setTarget(self, target):
        self.target = target
    def flush(self):
        if self.target:
            for record in self.buffer:
                self.target.handle(record)
            self.buffer.clear()
    def close(self):
        if self.flushOnClose:
            self.flush()
        self.target = None
        self.buffer.clear()

class QueueHandler(logging.Handler):
    def __init__(self, queue):
        super().__init__()
        self.queue = queue
        self.listener = None
    def enqueue(self, record):
        self.queue.put_nowait(record)
    def prepare(self, record):
        text = self.format(record)
        record = copy.copy(record)
        record.message = record.msg = text
        record.args = record.exc_info = record.exc_text = None
        return record
    def emit(self, record):
        self.enqueue(self.prepare(record))

class QueueListener:
    _sentinel = None
    def __init__(self, queue, *handlers, respect_handler_level=False):
        self.queue = queue
        self.handlers = handlers
        self.respect_handler_level = respect_handler_level
        self._thread = None
    def dequeue(self, block):
        return self.queue.get(block)
    def prepare(self, record):
        return record
    def handle(self, record):
        record = self.prepare(record)
        for handler in self.handlers:
            if not self.respect_handler_level or record.levelno >= handler.level:
                handler.handle(record)
    def _monitor(self):
        while (record := self.dequeue(True)) is not self._sentinel:
            self.handle(record)
    def start(self):
        self._thread = threading.Thread(target=self._monitor, daemon=True)
        self._thread.start()
    def enqueue_sentinel(self):
        self.queue.put_nowait(self._sentinel)
    def stop(self):
        if self._thread:
            self.enqueue_sentinel()
            self._thread.join()
            self._thread = None
`
