/** Modules of a few lines each, in Python. */

export const SMALL: Readonly<Record<string, string>> = {
  atexit: `
from _support import at_exit as register
`,
  bisect: `
def bisect_left(a, x):
    lo, hi = 0, len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        if a[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    return lo
def bisect_right(a, x):
    lo, hi = 0, len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        if x < a[mid]:
            hi = mid
        else:
            lo = mid + 1
    return lo
bisect = bisect_right
def insort(a, x):
    a.insert(bisect_right(a, x), x)
`,
  copy: `
def copy(x):
    if isinstance(x, (list, dict, set)):
        return x.copy()
    if isinstance(x, (int, float, str, bytes, tuple, frozenset, type(None))) or not hasattr(x, '__dict__'):
        return x
    made = object.__new__(type(x))
    for name, value in x.__dict__.items():
        object.__setattr__(made, name, value)
    return made

def deepcopy(x, memo=None):
    memo = {} if memo is None else memo
    if id(x) in memo:
        return memo[id(x)]
    if isinstance(x, list):
        made = memo[id(x)] = []
        for item in x:
            made.append(deepcopy(item, memo))
        return made
    if isinstance(x, dict):
        made = memo[id(x)] = x.copy()
        made.clear()
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
        return made
    if isinstance(x, tuple):
        return tuple(deepcopy(item, memo) for item in x)
    if isinstance(x, set):
        return {deepcopy(item, memo) for item in x}
    made = memo[id(x)] = copy(x)
    if made is not x:
        for name, value in x.__dict__.items():
            object.__setattr__(made, name, deepcopy(value, memo))
    return made
`,
  errno: `
EPERM, ENOENT, ESRCH, EINTR, EIO, EBADF, ECHILD, EAGAIN, ENOMEM, EACCES, EBUSY, EEXIST, EXDEV, ENOTDIR, EISDIR, EINVAL, ENOSPC, EROFS, EPIPE = 1, 2, 3, 4, 5, 9, 10, 11, 12, 13, 16, 17, 18, 20, 21, 22, 28, 30, 32
ENOTEMPTY, EADDRINUSE, EADDRNOTAVAIL, ENETUNREACH, ECONNRESET, ETIMEDOUT, ECONNREFUSED, EHOSTUNREACH, EWOULDBLOCK = 39, 98, 99, 101, 104, 110, 111, 113, 11
`,
  getpass: `
import os
def getuser():
    for name in ('LOGNAME', 'USER', 'LNAME', 'USERNAME'):
        if os.environ.get(name):
            return os.environ[name]
    return 'root'
def getpass(prompt='Password: '):
    from _support import refuse
    refuse('getpass.getpass')
`,
  heapq: `
def heappush(heap, item):
    at = len(heap)
    heap.append(item)
    while at and heap[at] < heap[(at - 1) // 2]:
        up = (at - 1) // 2
        heap[at], heap[up] = heap[up], heap[at]
        at = up
def heappop(heap):
    last = heap.pop()
    if not heap:
        return last
    first, heap[0] = heap[0], last
    _down(heap, 0)
    return first
def _down(heap, at):
    while True:
        child = 2 * at + 1
        if child >= len(heap):
            return
        if child + 1 < len(heap) and heap[child + 1] < heap[child]:
            child += 1
        if not heap[child] < heap[at]:
            return
        heap[at], heap[child] = heap[child], heap[at]
        at = child
def heapify(heap):
    for at in range(len(heap) // 2 - 1, -1, -1):
        _down(heap, at)
def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]
def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]
`,
  html: `
def escape(s, quote=True):
    s = s.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')
    return s.replace('"', '&quot;').replace("'", '&#x27;') if quote else s
`,
  platform: `
import sys
from _support import hostname
def python_version(): return sys.version.split()[0]
def python_implementation(): return 'CPython'
def system(): return 'Linux'
def machine(): return 'x86_64'
def node(): return hostname()
def release(): return '6.1.0'
def processor(): return ''
def platform(): return 'Linux-6.1.0-x86_64-with-glibc2.36'
`,
  pprint: String.raw`
def pformat(object, indent=1, width=80, depth=None, *, sort_dicts=True):
    return _format(object, 0, width, sort_dicts)
def _format(o, at, width, sort):
    if isinstance(o, dict):
        items = sorted(o.items()) if sort and all(isinstance(k, str) for k in o) else list(o.items())
        flat = '{%s}' % ', '.join('%r: %s' % (k, _format(v, 0, 100000, sort)) for k, v in items)
        if at + len(flat) <= width:
            return flat
        return '{' + (',\n' + ' ' * (at + 1)).join('%r: %s' % (k, _format(v, at + len(repr(k)) + 3, width, sort)) for k, v in items) + '}'
    if isinstance(o, (list, tuple)):
        flat = repr(o)
        if at + len(flat) <= width:
            return flat
        return ('[' if isinstance(o, list) else '(') + (',\n' + ' ' * (at + 1)).join(_format(v, at + 1, width, sort) for v in o) + (']' if isinstance(o, list) else ')')
    return repr(o)
def pprint(object, stream=None, **kwargs):
    print(pformat(object, **kwargs), file=stream)
pp = pprint
`,
  secrets: `
import random
import os
choice = random.choice
def randbelow(n): return random.randrange(n)
def token_bytes(n=32): return os.urandom(n)
def token_hex(n=32): return os.urandom(n).hex()
def token_urlsafe(n=32):
    import base64
    return base64.urlsafe_b64encode(os.urandom(n)).rstrip(b'=').decode()
`,
  shlex: String.raw`
def split(s, comments=False, posix=True):
    words, word, quote, begun, i = [], '', None, False, 0
    while i < len(s):
        c = s[i]
        if quote:
            if c == quote:
                quote = None
            elif c == '\\' and quote == '"' and i + 1 < len(s) and s[i + 1] in '"\\':
                i += 1
                word += s[i]
            else:
                word += c
        elif c in '"\'':
            quote, begun = c, True
        elif c == '\\' and i + 1 < len(s):
            i += 1
            word, begun = word + s[i], True
        elif c.isspace():
            if begun:
                words.append(word)
            word, begun = '', False
        else:
            word, begun = word + c, True
        i += 1
    if quote:
        raise ValueError('No closing quotation')
    if begun:
        words.append(word)
    return words
def quote(s):
    import re
    if s and not re.search(r'[^\w@%+=:,./-]', s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"
def join(words):
    return ' '.join(quote(w) for w in words)
`,
  statistics: `
class StatisticsError(ValueError):
    pass
def _some(data, name):
    data = list(data)
    if not data:
        raise StatisticsError(name + ' requires at least one data point')
    return data
def mean(data):
    data = _some(data, 'mean')
    total = sum(data)
    result = total / len(data)
    return int(result) if isinstance(total, int) and result == int(result) else result
def fmean(data):
    data = _some(data, 'fmean')
    return sum(data) / len(data)
def median(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    half = len(data) // 2
    return data[half] if len(data) % 2 else (data[half - 1] + data[half]) / 2
def mode(data):
    from collections import Counter
    return Counter(_some(data, 'mode')).most_common(1)[0][0]
def pvariance(data):
    data = _some(data, 'pvariance')
    m = sum(data) / len(data)
    return sum((x - m) ** 2 for x in data) / len(data)
def variance(data):
    data = list(data)
    if len(data) < 2:
        raise StatisticsError('variance requires at least two data points')
    m = sum(data) / len(data)
    return sum((x - m) ** 2 for x in data) / (len(data) - 1)
def stdev(data):
    return variance(data) ** 0.5
def pstdev(data):
    return pvariance(data) ** 0.5
`,
  string:
    String.raw`
ascii_lowercase = 'abcdefghijklmnopqrstuvwxyz'
ascii_uppercase = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
ascii_letters = ascii_lowercase + ascii_uppercase
digits = '0123456789'
hexdigits = digits + 'abcdefABCDEF'
octdigits = '01234567'
punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_` +
    '`' +
    String.raw`{|}~'
whitespace = ' \t\n\r\x0b\x0c'
printable = digits + ascii_letters + punctuation + whitespace
import re as _re
class Template:
    def __init__(self, template):
        self.template = template
    def _fill(self, values, safe):
        def one(match):
            if match.group(1):
                return '$'
            name = match.group(2) or match.group(3)
            if name in values:
                return str(values[name])
            if safe:
                return match.group()
            raise KeyError(name)
        return _re.sub(r'\$(?:(\$)|([_a-zA-Z]\w*)|\{([_a-zA-Z]\w*)\})', one, self.template)
    def substitute(self, mapping={}, **kwargs):
        return self._fill({**mapping, **kwargs}, False)
    def safe_substitute(self, mapping={}, **kwargs):
        return self._fill({**mapping, **kwargs}, True)
def capwords(s, sep=None):
    return (sep or ' ').join(w.capitalize() for w in s.split(sep))
`,
  textwrap: String.raw`
import re
def dedent(text):
    lines = [l if l.strip() else '' for l in text.split('\n')]
    margins = [len(l) - len(l.lstrip()) for l in lines if l]
    margin = min(margins) if margins else 0
    return '\n'.join(l[margin:] for l in lines)
def indent(text, prefix, predicate=None):
    return ''.join(prefix + l if l.strip() else l for l in text.splitlines(True))
def wrap(text, width=70):
    lines, now = [], ''
    for word in text.split():
        if now and len(now) + 1 + len(word) > width:
            lines.append(now)
            now = word
        else:
            now = now + ' ' + word if now else word
    return lines + [now] if now else lines
def fill(text, width=70):
    return '\n'.join(wrap(text, width))
def shorten(text, width, placeholder=' [...]'):
    text = ' '.join(text.split())
    if len(text) <= width:
        return text
    out = ''
    for word in text.split():
        if len(out) + len(word) + (1 if out else 0) + len(placeholder) > width:
            break
        out += (' ' if out else '') + word
    return out + placeholder
`,
  types: `
class SimpleNamespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)
    def __repr__(self):
        return 'namespace(%s)' % ', '.join('%s=%r' % item for item in self.__dict__.items())
    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__
def _f(): pass
FunctionType = LambdaType = type(_f)
NoneType = type(None)
GeneratorType = type(_f() for _ in ())
BuiltinFunctionType = BuiltinMethodType = type(len)
async def _c(): pass
_c = _c()
CoroutineType = type(_c)
_c.close()
class _M:
    def m(self): pass
MethodType = type(_M().m)
import sys as _sys
ModuleType = type(_sys)
class _Awaitable:
    def __init__(self, generator):
        self._generator = generator
    def __await__(self):
        return self._generator
def coroutine(fn):
    def wrapper(*args, **kwargs):
        return _Awaitable(fn(*args, **kwargs))
    return wrapper
`,
  uuid: `
from _support import uuid as _uuid
class UUID:
    def __init__(self, hex):
        plain = hex.replace('urn:', '').replace('uuid:', '').strip('{}').replace('-', '')
        if len(plain) != 32:
            raise ValueError('badly formed hexadecimal UUID string')
        self.hex = plain.lower()
        self.int = int(plain, 16)
        self.version = int(plain[12], 16)
    def __str__(self):
        h = self.hex
        return '-'.join([h[:8], h[8:12], h[12:16], h[16:20], h[20:]])
    def __repr__(self):
        return 'UUID(%r)' % str(self)
    def __eq__(self, other):
        return isinstance(other, UUID) and self.hex == other.hex
    def __hash__(self):
        return hash(self.hex)
def uuid4():
    return UUID(_uuid())
def uuid1():
    from _support import refuse
    refuse('uuid.uuid1')
`,
  warnings: String.raw`
import sys
def warn(message, category=UserWarning, stacklevel=1):
    from _support import caller
    file, line, _ = caller(0 if stacklevel < 2 else stacklevel - 1)
    sys.stderr.write('%s:%d: %s: %s\n' % (file, line, (category if not isinstance(message, Warning) else type(message)).__name__, message))
def filterwarnings(*args, **kwargs): pass
def simplefilter(*args, **kwargs): pass
`,
}
