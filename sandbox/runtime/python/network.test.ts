/** Servers and clients written in Python, over the simulated network. */
import { describe, expect, test } from 'vitest'
import { program, sh } from './testing.ts'

describe('the network', () => {
  const SERVER = `
from http.server import BaseHTTPRequestHandler, HTTPServer
import json
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == '/healthz':
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'ok')
        else:
            self.send_error(404)
    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        answer = json.dumps({'got': json.loads(body)}).encode()
        self.send_response(201)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
HTTPServer(('', 8080), Handler).serve_forever()`

  test('serves what a handler answers, and logs it', async () => {
    const p = program(SERVER)
    await p.m.clock.advance(2000)
    const client = p.m.run('curlimages/curl:8.10.1', { command: ['sleep', '1d'] }, p.m.sandbox('client'))
    const ask = async (...words: string[]) => (await p.m.exec(client, ['curl', '-s', ...words])).out
    expect(await ask(`${p.ip}:8080/healthz`)).toBe('ok')
    expect(await ask('-d', '{"a": 1}', `${p.ip}:8080/x`)).toBe('{"got": {"a": 1}}')
    expect(await ask('-i', `${p.ip}:8080/none`)).toMatch(
      /^HTTP\/1\.0 404 Not Found\r\nServer: BaseHTTP\/0\.6 Python\/3\.13\.\d+\r\nDate: /,
    )
    expect(p.log()).toMatch(/^[\d.]+ - - \[05\/Jan\/2026 09:00:\d\d\] "GET \/healthz HTTP\/1\.1" 200 -\n/)
  })

  test('answers others while one request takes its time, in a server with threads', async () => {
    const p = program(`
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import threading, time
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == '/slow': time.sleep(20)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())
    def log_message(self, *args): pass
server = ThreadingHTTPServer(('', 8080), Handler)
threading.Thread(target=server.serve_forever).start()
print('serving', flush=True)`)
    await p.m.clock.advance(2000)
    const client = p.m.run('curlimages/curl:8.10.1', { command: ['sleep', '1d'] }, p.m.sandbox('client'))
    const script = `curl -s ${p.ip}:8080/slow & curl -s -m 5 ${p.ip}:8080/quick; echo; wait`
    const said = await p.m.exec(client, ['sh', '-c', script])
    expect(said.out).toBe('/quick\n/slow')
    expect(p.log()).toBe('serving\n')
  })

  test('asks by urllib, and is told in words why it cannot', async () => {
    const p = program(SERVER)
    await p.m.clock.advance(2000)
    const client = p.m.run('python:3.12', { command: ['sleep', '1d'] }, p.m.sandbox('client'))
    const ask = async (url: string) => {
      const source = `import urllib.request as r\ntry:\n    a = r.urlopen('${url}', timeout=3); print(a.status, a.read())\nexcept OSError as e: print(type(e).__name__, e)`
      return (await p.m.exec(client, ['python', '-c', source])).out
    }
    expect(await ask(`http://${p.ip}:8080/healthz`)).toBe("200 b'ok'\n")
    expect(await ask(`http://${p.ip}:8080/none`)).toBe('HTTPError HTTP Error 404: Not Found\n')
    expect(await ask(`http://${p.ip}:81/`)).toBe('URLError <urlopen error [Errno 111] Connection refused>\n')
    expect(await ask('http://nobody/')).toMatch(
      /^URLError <urlopen error \[Errno -[23]\] (Name or service not known|Temporary failure in name resolution)>\n$/,
    )
  })

  test('has sockets that wait, and files of a directory', async () => {
    const p = program(
      "import socket\ns = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('0.0.0.0', 9000)); s.listen()\nwhile True:\n    c, addr = s.accept()\n    with c:\n        while data := c.recv(1024): c.sendall(data.upper())",
    )
    await p.m.clock.advance(2000)
    const client = p.m.run('python:3.13', { command: ['sleep', '1d'] }, p.m.sandbox('client'))
    const said = await p.m.exec(client, [
      'python',
      '-c',
      `import socket\ns = socket.create_connection(('${p.ip}', 9000)); s.sendall(b'hello'); print(s.recv(10))`,
    ])
    expect(said.out).toBe("b'HELLO'\n")
    const files = await sh(
      'mkdir -p /srv/x; echo hi > /srv/x/a.txt; python -m http.server -d /srv/x 8000 >/dev/null 2>&1 & sleep 1; echo "import urllib.request as r; print(r.urlopen(\\"http://localhost:8000/a.txt\\").read())" | python; kill $!',
    )
    expect(files).toContain("b'hi\\n'")
  })
})
