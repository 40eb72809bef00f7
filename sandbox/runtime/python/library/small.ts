/** Modules of a few lines each, in Python. */

export const SMALL: Readonly<Record<string, string>> = {
  atexit: `
from _support import at_exit as register
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
