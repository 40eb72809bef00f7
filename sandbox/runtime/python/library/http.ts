/** `http` and `http.client`, in Python, over the simulated sockets. */

import { REASONS } from '../../network/serving.ts'

const statuses = Object.entries(REASONS)
  .map(([code, phrase]) => `${code}: ${JSON.stringify(phrase)}`)
  .join(', ')

export const HTTP = `
_phrases = {${statuses}}

class _Status(Exception):
    pass

class HTTPStatus:
    def __class_getitem__(cls, name):
        return getattr(cls, name)

for _code, _phrase in _phrases.items():
    setattr(HTTPStatus, _phrase.upper().replace(' ', '_').replace('-', '_').replace("'", ''), _code)
`

export const HTTP_CLIENT = String.raw`
import socket
from http import _phrases
from http.server import read_headers

class HTTPException(Exception):
    pass

class BadStatusLine(HTTPException):
    pass

class RemoteDisconnected(ConnectionResetError, BadStatusLine):
    pass

class HTTPResponse:
    def __init__(self, file, method):
        self._file = file
        line = file.readline().decode('latin-1')
        if not line:
            raise RemoteDisconnected('Remote end closed connection without response')
        words = line.strip().split(' ', 2)
        if len(words) < 2 or not words[0].startswith('HTTP/'):
            raise BadStatusLine(line)
        self.version = 11
        self.status = self.code = int(words[1])
        self.reason = self.msg_ = words[2] if len(words) > 2 else ''
        self.headers = self.msg = read_headers(file)
        self._bare = method == 'HEAD' or self.status in (204, 304)
        self._body = None
    def _load(self):
        if self._body is not None:
            return
        if self._bare:
            self._body = b''
        elif (self.headers.get('Transfer-Encoding') or '').lower() == 'chunked':
            pieces = []
            while True:
                size = int(self._file.readline().split(b';')[0].strip() or b'0', 16)
                if size == 0:
                    self._file.readline()
                    break
                pieces.append(self._file.read(size))
                self._file.readline()
            self._body = b''.join(pieces)
        elif self.headers.get('Content-Length') is not None:
            self._body = self._file.read(int(self.headers.get('Content-Length')))
        else:
            self._body = self._file.read()
        self._at = 0
    def read(self, amount=None):
        self._load()
        rest = self._body[self._at:] if amount is None else self._body[self._at:self._at + amount]
        self._at += len(rest)
        return rest
    def readline(self):
        self._load()
        end = self._body.find(b'\n', self._at)
        return self.read(None if end < 0 else end + 1 - self._at)
    def __iter__(self):
        while True:
            line = self.readline()
            if not line:
                return
            yield line
    def getcode(self):
        return self.status
    def geturl(self):
        return self.url
    def info(self):
        return self.headers
    def getheader(self, name, default=None):
        return self.headers.get(name, default)
    def getheaders(self):
        return self.headers.items()
    def close(self):
        self._file.close()
    def __enter__(self):
        return self
    def __exit__(self, *args):
        self.close()

class HTTPConnection:
    default_port = 80
    def __init__(self, host, port=None, timeout=None, **kwargs):
        if port is None:
            host, _, given = host.partition(':')
            port = int(given) if given else self.default_port
        self.host = host
        self.port = port
        self.timeout = timeout
        self.sock = None
    def connect(self):
        self.sock = socket.create_connection((self.host, self.port), self.timeout)
    def request(self, method, url, body=None, headers={}):
        if self.sock is None:
            self.connect()
        given = {name.lower() for name in headers}
        lines = ['%s %s HTTP/1.1' % (method, url)]
        if 'host' not in given:
            lines.append('Host: ' + (self.host if self.port == self.default_port else '%s:%d' % (self.host, self.port)))
        if 'accept-encoding' not in given:
            lines.append('Accept-Encoding: identity')
        if isinstance(body, str):
            body = body.encode('iso-8859-1')
        if body is not None and 'content-length' not in given:
            lines.append('Content-Length: %d' % len(body))
        for name, value in headers.items():
            lines.append('%s: %s' % (name, value))
        self.sock.sendall(('\r\n'.join(lines) + '\r\n\r\n').encode('utf-8') + (body or b''))
        self._method = method
    def getresponse(self):
        return HTTPResponse(self.sock.makefile('rb'), self._method)
    def close(self):
        if self.sock:
            self.sock.close()
            self.sock = None

class HTTPSConnection(HTTPConnection):
    default_port = 443
    def connect(self):
        super().connect()
        self.sock._start_tls(self.host)
`
