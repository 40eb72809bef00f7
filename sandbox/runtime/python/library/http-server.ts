/** `socketserver` and `http.server`, in Python, over the simulated sockets. */

export const SOCKETSERVER = `
import socket
import sys

class BaseRequestHandler:
    def __init__(self, request, client_address, server):
        self.request = request
        self.client_address = client_address
        self.server = server
        self.setup()
        try:
            self.handle()
        finally:
            self.finish()
    def setup(self):
        pass
    def handle(self):
        pass
    def finish(self):
        pass

class StreamRequestHandler(BaseRequestHandler):
    timeout = None
    def setup(self):
        self.connection = self.request
        if self.timeout is not None:
            self.connection.settimeout(self.timeout)
        self.rfile = self.connection.makefile('rb')
        self.wfile = self.connection.makefile('wb')
    def finish(self):
        self.wfile.close()
        self.rfile.close()

class BaseServer:
    def __init__(self, server_address, RequestHandlerClass):
        self.server_address = server_address
        self.RequestHandlerClass = RequestHandlerClass
        self._over = False
    def serve_forever(self, poll_interval=0.5):
        while not self._over:
            self.handle_request()
    def shutdown(self):
        self._over = True
    def handle_request(self):
        request, client_address = self.socket.accept()
        self.process_request(request, client_address)
    def process_request(self, request, client_address):
        try:
            self.RequestHandlerClass(request, client_address, self)
        except Exception:
            self.handle_error(request, client_address)
        finally:
            request.close()
    def handle_error(self, request, client_address):
        import traceback
        print('-' * 40, file=sys.stderr)
        print('Exception occurred during processing of request from', client_address, file=sys.stderr)
        traceback.print_exc()
        print('-' * 40, file=sys.stderr)
    def service_actions(self):
        pass
    def server_close(self):
        self.socket.close()
    def fileno(self):
        return self.socket.fileno()
    def __enter__(self):
        return self
    def __exit__(self, *args):
        self.server_close()

class TCPServer(BaseServer):
    allow_reuse_address = False
    request_queue_size = 5
    def __init__(self, server_address, RequestHandlerClass, bind_and_activate=True):
        super().__init__(server_address, RequestHandlerClass)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if bind_and_activate:
            self.server_bind()
            self.server_activate()
    def server_bind(self):
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
    def server_activate(self):
        self.socket.listen(self.request_queue_size)

class ThreadingMixIn:
    daemon_threads = False
    def process_request(self, request, client_address):
        import threading
        threading.Thread(target=super().process_request, args=(request, client_address), daemon=self.daemon_threads).start()

class ThreadingTCPServer(ThreadingMixIn, TCPServer):
    pass
`

export const HTTP_SERVER = String.raw`
import socketserver
import socket
import sys
import time
import urllib.parse
from http import _phrases

class HTTPMessage:
    def __init__(self):
        self._all = []
    def add(self, name, value):
        self._all.append((name, value))
    def get(self, name, default=None):
        for key, value in self._all:
            if key.lower() == name.lower():
                return value
        return default
    def get_all(self, name, default=None):
        return [value for key, value in self._all if key.lower() == name.lower()] or default
    def items(self):
        return list(self._all)
    def keys(self):
        return [key for key, value in self._all]
    def values(self):
        return [value for key, value in self._all]
    def get_content_type(self):
        return (self.get('Content-Type') or 'text/plain').split(';')[0].strip().lower()
    def __getitem__(self, name):
        return self.get(name)
    def __contains__(self, name):
        return self.get(name) is not None
    def __iter__(self):
        return iter(self.keys())
    def __len__(self):
        return len(self._all)
    def __str__(self):
        return ''.join(f'{key}: {value}\n' for key, value in self._all) + '\n'

def read_headers(rfile):
    headers = HTTPMessage()
    while True:
        line = rfile.readline().decode('iso-8859-1')
        if line in ('\r\n', '\n', ''):
            return headers
        name, _, value = line.partition(':')
        headers.add(name.strip(), value.strip())

class HTTPServer(socketserver.TCPServer):
    allow_reuse_address = True
    def server_bind(self):
        super().server_bind()
        host, port = self.server_address[:2]
        self.server_name = socket.getfqdn(host)
        self.server_port = port

class ThreadingHTTPServer(socketserver.ThreadingMixIn, HTTPServer):
    daemon_threads = True

class BaseHTTPRequestHandler(socketserver.StreamRequestHandler):
    server_version = 'BaseHTTP/0.6'
    sys_version = 'Python/' + sys.version.split()[0]
    protocol_version = 'HTTP/1.0'
    default_request_version = 'HTTP/0.9'
    responses = {code: (phrase, phrase) for code, phrase in _phrases.items()}
    monthname = [None, 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

    def handle(self):
        self.close_connection = True
        self.handle_one_request()
        while not self.close_connection:
            self.handle_one_request()

    def handle_one_request(self):
        raw = self.rfile.readline()
        if not raw:
            self.close_connection = True
            return
        self.raw_requestline = raw
        self.requestline = raw.decode('iso-8859-1').rstrip('\r\n')
        self.request_version = self.default_request_version
        self.command = ''
        self._headers_buffer = []
        words = self.requestline.split()
        if len(words) != 3 or not words[2].startswith('HTTP/'):
            self.send_error(400, 'Bad request syntax (%r)' % self.requestline)
            self.close_connection = True
            return
        self.command, self.path, self.request_version = words
        self.headers = read_headers(self.rfile)
        kept = self.headers.get('Connection', '').lower()
        if self.request_version >= 'HTTP/1.1' and self.protocol_version >= 'HTTP/1.1':
            self.close_connection = kept == 'close'
        else:
            self.close_connection = True
        if self.headers.get('Expect', '').lower() == '100-continue' and self.protocol_version >= 'HTTP/1.1':
            self.wfile.write(b'HTTP/1.1 100 Continue\r\n\r\n')
        method = getattr(self, 'do_' + self.command, None)
        if method is None:
            self.send_error(501, 'Unsupported method (%r)' % self.command)
            return
        method()
        self.wfile.flush()

    def send_error(self, code, message=None, explain=None):
        short = _phrases.get(code, '???')
        message = short if message is None else message
        explain = explain or {404: 'Nothing matches the given URI', 400: 'Bad request syntax or unsupported method', 501: 'Server does not support this operation', 500: 'Server got itself in trouble', 403: 'Request forbidden -- authorization will not help', 401: 'No permission -- see authorization schemes', 405: 'Specified method is invalid for this resource'}.get(code, short)
        self.log_error('code %d, message %s', code, message)
        self.send_response(code, message)
        self.send_header('Connection', 'close')
        body = ('<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: %d</p>\n        <p>Message: %s.</p>\n        <p>Error code explanation: %s - %s.</p>\n    </body>\n</html>\n' % (code, message, code, explain)).encode('utf-8')
        self.send_header('Content-Type', 'text/html;charset=utf-8')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)

    def send_response(self, code, message=None):
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header('Server', self.version_string())
        self.send_header('Date', self.date_time_string())

    def send_response_only(self, code, message=None):
        if message is None:
            message = _phrases.get(int(code), '')
        self._headers_buffer.append(('%s %d %s\r\n' % (self.protocol_version, code, message)).encode('latin-1'))

    def send_header(self, keyword, value):
        self._headers_buffer.append(('%s: %s\r\n' % (keyword, value)).encode('latin-1'))
        if keyword.lower() == 'connection':
            self.close_connection = str(value).lower() == 'close'

    def end_headers(self):
        self._headers_buffer.append(b'\r\n')
        self.flush_headers()

    def flush_headers(self):
        self.wfile.write(b''.join(self._headers_buffer))
        self._headers_buffer = []

    def log_request(self, code='-', size='-'):
        self.log_message('"%s" %s %s', self.requestline, str(int(code) if not isinstance(code, str) else code), str(size))

    def log_error(self, format, *args):
        self.log_message(format, *args)

    def log_message(self, format, *args):
        sys.stderr.write('%s - - [%s] %s\n' % (self.address_string(), self.log_date_time_string(), format % args))

    def version_string(self):
        return self.server_version + ' ' + self.sys_version

    def date_time_string(self, timestamp=None):
        return time.strftime('%a, %d %b %Y %H:%M:%S GMT', time.gmtime(timestamp))

    def log_date_time_string(self):
        return time.strftime('%d/%b/%Y %H:%M:%S')

    def address_string(self):
        return self.client_address[0]

class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    server_version = 'SimpleHTTP/0.6'
    _types = {'.html': 'text/html', '.txt': 'text/plain', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.png': 'image/png', '.svg': 'image/svg+xml'}

    def __init__(self, *args, directory=None, **kwargs):
        import os
        self.directory = os.fspath(directory or os.getcwd())
        super().__init__(*args, **kwargs)

    def do_GET(self):
        self._answer(True)

    def do_HEAD(self):
        self._answer(False)

    def translate_path(self, path):
        import os
        parts = [p for p in urllib.parse.unquote(path.split('?')[0].split('#')[0]).split('/') if p not in ('', '.', '..')]
        return os.path.join(self.directory, *parts)

    def guess_type(self, path):
        import os
        return self._types.get(os.path.splitext(path)[1], 'application/octet-stream')

    def _answer(self, whole):
        import os
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            if not self.path.split('?')[0].endswith('/'):
                self.send_response(301)
                self.send_header('Location', self.path + '/')
                self.send_header('Content-Length', '0')
                self.end_headers()
                return
            index = os.path.join(path, 'index.html')
            if not os.path.exists(index):
                names = sorted(os.listdir(path), key=str.lower)
                title = 'Directory listing for ' + self.path
                shown = ''.join('<li><a href="%s">%s</a></li>\n' % (urllib.parse.quote(n), n) for n in [n + '/' if os.path.isdir(os.path.join(path, n)) else n for n in names])
                return self._send('text/html; charset=utf-8', ('<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>%s</title>\n</head>\n<body>\n<h1>%s</h1>\n<hr>\n<ul>\n%s</ul>\n<hr>\n</body>\n</html>\n' % (title, title, shown)).encode(), whole)
            path = index
        try:
            with open(path, 'rb') as file:
                content = file.read()
        except OSError:
            self.send_error(404, 'File not found')
            return
        self._send(self.guess_type(path), content, whole)

    def _send(self, kind, content, whole):
        self.send_response(200)
        self.send_header('Content-type', kind)
        self.send_header('Content-Length', str(len(content)))
        self.end_headers()
        if whole:
            self.wfile.write(content)

def test(HandlerClass=BaseHTTPRequestHandler, ServerClass=HTTPServer, port=8000):
    ServerClass(('', port), HandlerClass).serve_forever()
`
