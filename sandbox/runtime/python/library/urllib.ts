/** `urllib`, in Python over `http.client`. */

export const URLLIB_ERROR = `
class URLError(OSError):
    def __init__(self, reason, filename=None):
        self.args = (reason,)
        self.reason = reason
    def __str__(self):
        return '<urlopen error %s>' % self.reason

class HTTPError(URLError):
    def __init__(self, url, code, msg, hdrs, fp):
        self.args = (url, code, msg, hdrs, fp)
        self.url = url
        self.code = self.status = code
        self.msg = self.reason = msg
        self.hdrs = self.headers = hdrs
        self.fp = fp
    def __str__(self):
        return 'HTTP Error %s: %s' % (self.code, self.msg)
    def read(self, *args):
        return self.fp.read(*args)
    def getcode(self):
        return self.code
`

export const URLLIB_PARSE = `
from _collections import namedtuple

_safe = set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~')

def quote(string, safe='/', encoding=None, errors=None):
    data = string.encode('utf-8') if isinstance(string, str) else string
    return ''.join(chr(b) if chr(b) in _safe or chr(b) in safe else '%%%02X' % b for b in data)

def quote_plus(string, safe=''):
    return quote(string, safe + ' ').replace(' ', '+')

def unquote(string, encoding='utf-8', errors='replace'):
    if '%' not in string:
        return string
    out = []
    data = string.encode('utf-8')
    i = 0
    while i < len(data):
        if data[i] == 37 and i + 2 < len(data) + 0:
            try:
                out.append(int(data[i + 1:i + 3].decode(), 16))
                i += 3
                continue
            except ValueError:
                pass
        out.append(data[i])
        i += 1
    return bytes(out).decode(encoding, errors)

def unquote_plus(string):
    return unquote(string.replace('+', ' '))

def urlencode(query, doseq=False, safe='', quote_via=quote_plus):
    pairs = query.items() if hasattr(query, 'items') else query
    parts = []
    for key, value in pairs:
        values = value if doseq and isinstance(value, (list, tuple)) else [value]
        for each in values:
            parts.append(quote_via(str(key), safe) + '=' + quote_via(each if isinstance(each, bytes) else str(each), safe))
    return '&'.join(parts)

def parse_qsl(qs, keep_blank_values=False):
    result = []
    for part in qs.split('&'):
        name, eq, value = part.partition('=')
        if part and (value or keep_blank_values):
            result.append((unquote_plus(name), unquote_plus(value)))
    return result

def parse_qs(qs, keep_blank_values=False):
    result = {}
    for name, value in parse_qsl(qs, keep_blank_values):
        result.setdefault(name, []).append(value)
    return result

_Split = namedtuple('SplitResult', ['scheme', 'netloc', 'path', 'query', 'fragment'])
_Parse = namedtuple('ParseResult', ['scheme', 'netloc', 'path', 'params', 'query', 'fragment'])

def _hostname(self):
    host = self.netloc.rpartition('@')[2].partition(':')[0]
    return host.lower() or None
def _port(self):
    port = self.netloc.rpartition('@')[2].partition(':')[2]
    return int(port) if port else None
def _username(self):
    return self.netloc.rpartition('@')[0].partition(':')[0] or None
def _password(self):
    return self.netloc.rpartition('@')[0].partition(':')[2] or None
from _support import set_class
for _cls in (_Split, _Parse):
    set_class(_cls, 'hostname', property(_hostname))
    set_class(_cls, 'port', property(_port))
    set_class(_cls, 'username', property(_username))
    set_class(_cls, 'password', property(_password))
    set_class(_cls, 'geturl', lambda self: urlunsplit((self.scheme, self.netloc, self.path, self.query, self.fragment)))

def urlsplit(url, scheme='', allow_fragments=True):
    rest, _, fragment = url.partition('#')
    rest, _, query = rest.partition('?')
    head, sep, tail = rest.partition(':')
    if sep and head and head[0].isalpha() and all(c.isalnum() or c in '+-.' for c in head):
        scheme, rest = head.lower(), tail
    netloc = ''
    if rest.startswith('//'):
        netloc, slash, path = rest[2:].partition('/')
        rest = slash + path
    return _Split(scheme, netloc, rest, query, fragment)

def urlparse(url, scheme='', allow_fragments=True):
    s = urlsplit(url, scheme)
    path, _, params = s.path.partition(';')
    return _Parse(s.scheme, s.netloc, path, params, s.query, s.fragment)

def urlunsplit(parts):
    scheme, netloc, path, query, fragment = parts
    url = path
    if netloc:
        url = '//' + netloc + ('/' if path and not path.startswith('/') else '') + path
    if scheme:
        url = scheme + ':' + url
    return url + ('?' + query if query else '') + ('#' + fragment if fragment else '')

def urlunparse(parts):
    scheme, netloc, path, params, query, fragment = parts
    return urlunsplit((scheme, netloc, path + (';' + params if params else ''), query, fragment))

def urljoin(base, url):
    if not base or urlsplit(url).scheme:
        return url or base
    b, u = urlsplit(base), urlsplit(url)
    if u.netloc:
        return b.scheme + ':' + url
    if not u.path:
        return urlunsplit((b.scheme, b.netloc, b.path, u.query or b.query, u.fragment))
    path = u.path if u.path.startswith('/') else b.path.rpartition('/')[0] + '/' + u.path
    parts = []
    for part in path.split('/'):
        if part == '..':
            if len(parts) > 1:
                parts.pop()
        elif part != '.':
            parts.append(part)
    if path.endswith(('/.', '/..')):
        parts.append('')
    return urlunsplit((b.scheme, b.netloc, '/'.join(parts), u.query, u.fragment))
`

export const URLLIB_REQUEST = `
import sys
import socket
from http.client import HTTPConnection, HTTPSConnection, HTTPException
from urllib.error import URLError, HTTPError
from urllib.parse import urlsplit, urljoin, quote, unquote
from _support import refuse

class Request:
    def __init__(self, url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None):
        self.full_url = url
        parts = urlsplit(url)
        if not parts.scheme:
            raise ValueError('unknown url type: %r' % url)
        self.type = parts.scheme
        self.host = parts.netloc
        self.selector = (parts.path or '/') + ('?' + parts.query if parts.query else '')
        self.data = data
        self.headers = {}
        for name, value in headers.items():
            self.add_header(name, value)
        self._method = method
    def add_header(self, name, value):
        self.headers[name.capitalize()] = value
    def has_header(self, name):
        return name.capitalize() in self.headers
    def get_header(self, name, default=None):
        return self.headers.get(name.capitalize(), default)
    def get_full_url(self):
        return self.full_url
    def get_method(self):
        return self._method or ('POST' if self.data is not None else 'GET')

def urlopen(url, data=None, timeout=None, context=None, **kwargs):
    request = url if isinstance(url, Request) else Request(url, data)
    if isinstance(url, Request) and data is not None:
        request.data = data
    return _open(request, timeout, 0)

def _open(request, timeout, hops):
    if request.type not in ('http', 'https'):
        raise URLError('unknown url type: ' + request.type)
    if isinstance(request.data, str):
        raise TypeError('POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.')
    cls = HTTPSConnection if request.type == 'https' else HTTPConnection
    parts = urlsplit(request.full_url)
    connection = cls(parts.hostname or '', parts.port or cls.default_port, timeout)
    headers = {}
    if request.data is not None and not request.has_header('Content-type'):
        headers['Content-Type'] = 'application/x-www-form-urlencoded'
    if not request.has_header('User-agent'):
        headers['User-Agent'] = 'Python-urllib/%d.%d' % sys.version_info[:2]
    headers.update({name.title(): value for name, value in request.headers.items()})
    headers['Connection'] = 'close'
    try:
        try:
            connection.request(request.get_method(), request.selector, request.data, headers)
        except OSError as err:
            raise URLError(err)
        response = connection.getresponse()
    except:
        connection.close()
        raise
    response.url = request.full_url
    response.msg = response.reason
    if response.status in (301, 302, 303, 307, 308) and response.getheader('Location') and hops < 10:
        target = urljoin(request.full_url, response.getheader('Location'))
        kept = {name: value for name, value in request.headers.items() if name not in ('Content-length', 'Content-type')}
        return _open(Request(target, headers=kept), timeout, hops + 1)
    if not 200 <= response.status < 300:
        raise HTTPError(request.full_url, response.status, response.reason, response.headers, response)
    return response

def urlretrieve(url, filename=None, reporthook=None, data=None):
    with urlopen(url, data) as response:
        with open(filename, 'wb') as file:
            file.write(response.read())
        return filename, response.headers

def build_opener(*handlers):
    refuse('urllib.request.build_opener')

def install_opener(opener):
    refuse('urllib.request.install_opener')
`
