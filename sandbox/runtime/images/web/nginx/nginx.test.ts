/** nginx in a container: serving, with and without root, and as a proxy. */
import { describe, expect, test } from 'vitest'
import { machine } from '../../../testing.ts'

describe('nginx', () => {
  test('serves changed files, logs requests, and quits gracefully when asked', async () => {
    const m = machine()
    const c = m.run('nginx:1.25')
    await m.clock.advance(100)
    await m.exec(c, ['sh', '-c', 'echo changed > /usr/share/nginx/html/index.html'])
    const { out } = await m.exec(c, ['curl', '-s', 'localhost', 'localhost/none'])
    expect(out).toContain('changed\n')
    expect(out).toContain('<hr><center>nginx/1.25.5</center>')
    expect(
      c.logs
        .lines()
        .map(l => l.text)
        .join('\n'),
    ).toMatch(/"GET \/none HTTP\/1.1" 404 \d+ "-" "curl\//)
    c.kill(c.stopSignal)
    await m.clock.advance(100)
    expect(c.state).toMatchObject({ state: 'exited', status: { code: 0 } })
  })

  test('can be told to quit by another one, which has come to its own end before', async () => {
    const m = machine()
    const c = m.run('nginx:1.27')
    await m.clock.advance(1000)
    const { err, code } = await m.exec(c, ['nginx', '-s', 'quit'])
    expect(err).toMatch(/^[\d/]+ [\d:]+ \[notice\] (\d+)#\1: signal process started\n$/)
    expect(code).toBe(0)
    await m.clock.advance(100)
    expect(c.state).toMatchObject({ state: 'exited', status: { code: 0 } })
  })

  test('is told of twice when it is not there to be told anything', async () => {
    const { err } = await machine().sh('nginx -s stop', { image: 'nginx:1.27' })
    const fault = 'open\\(\\) "/run/nginx.pid" failed \\(2: No such file or directory\\)'
    expect(err).toMatch(
      new RegExp(
        `^.+\\[notice\\] .+: signal process started\n.+ \\[error\\] \\d+#\\d+: ${fault}\nnginx: \\[error\\] ${fault}\n$`,
      ),
    )
  })
})

describe('nginx without root', () => {
  const words = (lines: readonly { text: string }[]): string => lines.map(l => l.text).join('\n')

  test('does not get its directories in the usual image, and says so twice', async () => {
    const m = machine()
    const c = m.run('nginx:1.27', { user: { uid: 101, gid: 101 } })
    await m.clock.advance(1000)
    expect(words(c.logs.lines())).toMatch(/nginx: \[warn\] the "user" directive makes sense only if/)
    expect(words(c.logs.lines())).toMatch(
      /\[emerg\] 1#1: mkdir\(\) "\/var\/cache\/nginx\/client_temp" failed \(13: Permission denied\)\nnginx: \[emerg\] mkdir/,
    )
  })

  test('serves on port 8080 in the image made for it', async () => {
    const m = machine()
    const c = m.run('nginxinc/nginx-unprivileged:1.27')
    await m.clock.advance(1000)
    expect((await m.exec(c, ['curl', '-s', 'localhost:8080'])).out).toContain('Welcome to nginx!')
    expect((await m.exec(c, ['cat', '/tmp/nginx.pid'])).out).toBe('1\n')
  })
})

describe('nginx as a proxy', () => {
  const conf = (listen: string, location: string) =>
    `printf 'server { listen ${listen}; ${location} }' > /etc/nginx/conf.d/default.conf; exec nginx -g "daemon off;"`
  const start = (m: ReturnType<typeof machine>, name: string, script: string) =>
    m.run('nginx:1.27', { name, command: ['sh', '-c', script] })

  test('hands requests on, and its own part of the path with them', async () => {
    const m = machine()
    m.run('nginx:1.27')
    const proxy = start(m, 'proxy', conf('127.0.0.1:8080', 'location /shop/ { proxy_pass http://localhost/; }'))
    await m.clock.advance(100)
    const { out } = await m.exec(proxy, ['curl', '-si', 'localhost:8080/shop/'])
    expect(out).toMatch(/^HTTP\/1.1 200 OK\r\nServer: nginx\/1.27[\s\S]*Welcome to nginx!/)
    const { out: none } = await m.exec(proxy, [
      'curl',
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      'localhost:8080/',
    ])
    expect(none).toBe('404')
    const tools = m.run('busybox', { name: 'tools', command: ['sleep', '99'] })
    expect((await m.exec(tools, ['netstat', '-tln'])).out).toContain('127.0.0.1:8080')
  })

  test('answers 502 and logs why when nobody is there, and does not start when the name does not exist', async () => {
    const m = machine()
    const proxy = start(m, 'proxy', conf('80', 'location / { proxy_pass http://127.0.0.1:9000; }'))
    const lost = start(m, 'lost', conf('81', 'location / { proxy_pass http://nowhere:9000; }'))
    await m.clock.advance(100)
    expect((await m.exec(proxy, ['curl', '-s', 'localhost'])).out).toContain('502 Bad Gateway')
    const log = (c: typeof proxy) =>
      c.logs
        .lines()
        .map(l => l.text)
        .join('\n')
    expect(log(proxy)).toContain(
      'connect() failed (111: Connection refused) while connecting to upstream, client: 127.0.0.1, server: , request: "GET / HTTP/1.1", upstream: "http://127.0.0.1:9000/", host: "localhost"',
    )
    expect(lost.state).toMatchObject({ state: 'exited', status: { code: 1 } })
    expect(log(lost)).toContain(
      'nginx: [emerg] host not found in upstream "nowhere" in /etc/nginx/conf.d/default.conf:1',
    )
  })
})
