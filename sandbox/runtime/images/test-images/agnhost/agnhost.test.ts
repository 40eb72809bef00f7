/** agnhost and its subcommands. */
import { describe, expect, it } from 'vitest'
import type { Container } from '../../../cri.ts'
import { type Machine, machine } from '../../../testing.ts'

const IMAGE = 'registry.k8s.io/e2e-test-images/agnhost:2.53'

const logOf = (container: Container): string =>
  container.logs
    .lines()
    .map(l => `${l.text}\n`)
    .join('')

/** A server and a Pod beside it, whose shell asks. */
async function pair(...args: string[]): Promise<{
  m: Machine
  server: Container
  ip: string
  ask(script: string): Promise<{ code: number | undefined; out: string; err: string }>
}> {
  const m = machine()
  const sandbox = m.sandbox('server')
  const server = m.run(IMAGE, { args, env: { SERVE_PORT_80: 'eighty', SERVE_UDP_PORT_53: 'udp' } }, sandbox)
  const client = m.run(IMAGE, { args: ['pause'] }, m.sandbox('client'))
  await m.clock.advance(100)
  const ask = (script: string) => m.exec(client, ['/bin/sh', '-c', script])
  return { m, server, ip: sandbox.ips[0]!, ask }
}

describe('agnhost netexec', () => {
  it('tells its name by HTTP and UDP, and logs what it was asked as Go does', async () => {
    const { server, ip, ask } = await pair('netexec', '--http-port=8083', '--udp-port=8081')
    expect((await ask(`curl -g -q -s --max-time 15 --connect-timeout 1 http://${ip}:8083/hostName`)).out).toBe('server')
    expect(await ask(`echo hostName | nc -w 1 -u ${ip} 8081`)).toMatchObject({ code: 0, out: 'server' })
    await ask(`curl -s 'http://${ip}:8083/echo?msg=poststart'`)
    expect(logOf(server)).toMatch(/^I\d{4} [\d:.]+ {7}1 log\.go:245] GET \/echo\?msg=poststart&code=$/m)
  })

  it('dials others and tells what they said', async () => {
    const { ip, ask } = await pair('netexec')
    const dial = (query: string) => ask(`curl -s '${ip}:8080/dial?host=${ip}&${query}'`)
    expect((await dial('port=8080&request=hostname&protocol=http&tries=2')).out).toBe(
      '{"responses":["server","server"]}',
    )
    expect((await dial('port=8081&request=hostname&protocol=udp')).out).toBe('{"responses":["server"]}')
    expect((await dial('port=1&request=hostname')).out).toMatch(/^\{"errors":\["Get .*connection refused"\]\}$/)
    expect((await dial('port=8080')).out).toBe('request parameter not specified. <nil>\n')
  })

  it('leads elsewhere with a page of Go, which only GET is given', async () => {
    const { server, ip, ask } = await pair('netexec')
    const at = (code: string): string => `'${ip}:8080/redirect?code=${code}&location=http://a.example/?x%26y'`
    expect((await ask(`curl -s ${at('302')}; curl -s ${at('308')}; curl -s -X POST ${at('303')}`)).out).toBe(
      '<a href="http://a.example/?x&amp;y">Found</a>.\n\n<a href="http://a.example/?x&amp;y">Permanent Redirect</a>.\n\n',
    )
    expect((await ask(`curl -s ${at('far')}`)).out).toBe(`argument 'code' must be an integer or empty, got "far"\n`)
    expect(logOf(server)).toContain('POST /redirect?msg=http://a.example/?x&y&code=303\n')
  })

  it('reads what comes by UDP in small letters', async () => {
    const { server, ip, ask } = await pair('netexec')
    expect((await ask(`echo 'Echo Some  Words' | nc -w 1 -u ${ip} 8081`)).out).toBe('some  words')
    await ask(`echo echo | nc -w 1 -u ${ip} 8081; echo | nc -w 1 -u ${ip} 8081`)
    const said = logOf(server).match(/(Echoing|Unknown UDP).*/g)
    expect(said?.map(line => line.replace(/[\d.]+:\d+/, 'CLIENT'))).toEqual([
      'Echoing some  words to UDP client CLIENT',
      'Unknown UDP command received from CLIENT: echo',
    ])
  })

  it('tells its port, its state and the headers of a request', async () => {
    const { ip, ask } = await pair('netexec')
    expect((await ask(`curl -s ${ip}:8080/serverport; curl -s ${ip}:8080/readyz`)).out).toBe('8080ok')
    expect((await ask(`curl -s -A me ${ip}:8080/header`)).out).toBe('{"Accept":["*/*"],"User-Agent":["me"]}')
    expect((await ask(`echo serverport | nc -w 1 -u ${ip} 8081`)).out).toBe('8081')
  })

  it('runs commands, and ends with the code that it is told', async () => {
    const { m, server, ip, ask } = await pair('netexec')
    expect((await ask(`curl -s '${ip}:8080/shell?cmd=echo%20a;exit%203'`)).out).toBe(
      '{"error":"exit status 3","output":"a\\n"}',
    )
    expect(logOf(server)).toContain('Output: map[error:exit status 3 output:a\n')
    await ask(`curl -s --max-time 3 '${ip}:8080/exit?code=4&wait=1s'`)
    await m.clock.advance(2000)
    expect(server.state).toMatchObject({ state: 'exited', status: { code: 4 } })
  })

  it('answers what is no HTTP at its first line, so that nc can look whether somebody is there', async () => {
    const { ip, ask } = await pair('netexec')
    const answer = await ask(`echo hostName | nc -v -t -w 2 ${ip} 8080`)
    expect(answer.out).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(answer.err).toContain('[tcp/*] succeeded!')
    expect((await ask(`nc -vuz -w 5 ${ip} 8081`)).code).toBe(0)
    expect((await ask(`nc -vuz -w 5 ${ip} 9999`)).code).toBe(1)
  })
})

describe('other subcommands of agnhost', () => {
  it('nettest remembers who wrote to it', async () => {
    const { ip, ask } = await pair('nettest')
    expect((await ask(`wget -q -O- --post-data='{"Source": "prestop"}' http://${ip}:8080/write`)).out).toBe(
      '{"Hostname":"server"}\n',
    )
    expect(JSON.parse((await ask(`curl -s ${ip}:8080/read`)).out)).toMatchObject({ Received: { prestop: 1 } })
  })

  it('porter serves its variables, as JSON when wanted', async () => {
    const { ip, ask } = await pair('porter', '--json-response')
    expect((await ask(`curl -s -X POST ${ip}`)).out).toBe('{"Method":"POST","Body":"eighty"}')
    expect((await ask(`echo | nc -u -w 1 ${ip} 53`)).out).toBe('udp')
  })

  it('guestbook keeps what is set', async () => {
    const { ip, ask } = await pair('guestbook', '--http-port', '6379')
    expect((await ask(`curl -s '${ip}:6379/set?key=messages&value=TestEntry'`)).out).toBe('{"message":"Updated"}')
    expect((await ask(`curl -s '${ip}:6379/get?key=messages'`)).out).toBe('{"data":"TestEntry"}')
  })

  it('test-webserver serves files and lists directories', async () => {
    const { ip, ask } = await pair('test-webserver')
    expect((await ask(`curl -s ${ip}/etc/alpine-release`)).out).toBe('3.21.0\n')
    expect((await ask(`curl -s ${ip}/`)).out).toContain('<a href="etc/">etc/</a>')
    expect((await ask(`curl -s -o /dev/null -w '%{http_code}' ${ip}/results/none`)).out).toBe('404')
  })

  it('serve-hostname waits to be deleted when it is told to go', async () => {
    const { m, server } = await pair('serve-hostname')
    server.kill('TERM')
    await m.clock.advance(59_000)
    expect(server.state.state).toBe('running')
    await m.clock.advance(2000)
    expect(logOf(server)).toContain('Awaiting pod deletion.')
    expect(server.state).toMatchObject({ state: 'exited', status: { code: 0 } })
  })

  it('mounttest reports what it finds, in the words of Go', async () => {
    const m = machine()
    const run = async (...args: string[]) => {
      const container = m.run(IMAGE, { args: ['mounttest', ...args] })
      await m.clock.advance(5000)
      return { log: logOf(container), state: container.state }
    }
    expect((await run('--new_file_0666=/tmp/a', '--file_perm=/tmp/a', '--file_mode=/tmp')).log).toBe(
      'content of file "/tmp/a": mount-tester new file\n\nmode of file "/tmp": dtrwxrwxrwx\nperms of file "/tmp/a": -rw-rw-rw-\n',
    )
    const missing = await run('--file_content=/nothing')
    expect(missing.log).toBe('error reading file content for "/nothing": open /nothing: no such file or directory\n')
    expect(missing.state).toMatchObject({ status: { code: 1 } })
    expect((await run('--fs_type=/dev')).log).toBe('mount type of "/dev": tmpfs\n')
    expect(
      (await run('--file_content_in_loop=/etc/alpine-release', '--break_on_expected_content=false', '--retry_time=3'))
        .log,
    ).toBe('content of file "/etc/alpine-release": 3.21.0\n\n'.repeat(2))
  })

  it('says which arguments it was started with, by either name', async () => {
    const m = machine()
    const run = async (config: Parameters<Machine['run']>[1]) => {
      const container = m.run(IMAGE, config)
      await m.clock.advance(1000)
      return logOf(container)
    }
    expect(await run({ args: ['entrypoint-tester', 'override', 'arguments'] })).toBe(
      '[/agnhost entrypoint-tester override arguments]\n',
    )
    expect(await run({ command: ['/agnhost-2', 'entrypoint-tester'] })).toBe('[/agnhost-2 entrypoint-tester]\n')
    expect(await run({})).toBe('Paused\n')
    expect(await run({ args: ['dns-suffix'] })).toBe('default.svc.cluster.local,svc.cluster.local,cluster.local\n')
    expect(await run({ args: ['tcp-reset'] })).toBe('agnhost: tcp-reset: not simulated\n')
  })
})

describe('the command line of agnhost', () => {
  const run = async (...args: string[]) => {
    const m = machine()
    const container = m.run(IMAGE, { args })
    await m.clock.advance(3000)
    const { state } = container
    return { said: logOf(container), code: state.state === 'exited' ? state.status.code : undefined }
  }

  it.each([
    [['netexec', '--bogus'], 'unknown flag: --bogus'],
    [['pause', 'extra'], 'accepts at most 0 arg(s), received 1'],
    [['connect'], 'accepts 1 arg(s), received 0'],
    [['stress', 'a'], 'unknown command "a" for "app stress"'],
    [['nete'], 'unknown command "nete" for "app"\n\nDid you mean this?\n\tnet\n\tnetexec\n'],
    [['dns-s'], 'unknown command "dns-s" for "app"\n\nDid you mean this?\n\tdns-suffix\n\tdns-server-list\n'],
    [
      ['netexec', '--http_port=abc'],
      'invalid argument "abc" for "--http-port" flag: strconv.ParseInt: parsing "abc": invalid syntax',
    ],
    [
      ['logs-generator', '-t5', '-d=xx'],
      'invalid argument "xx" for "-d, --run-duration" flag: time: invalid duration "xx"',
    ],
    [['logs-generator', '-t'], "flag needs an argument: 't' in -t"],
    [['netexec', '-http-port', '5'], "unknown shorthand flag: 't' in -ttp-port"],
    [['netexec', '---x'], 'bad flag syntax: ---x'],
    [
      ['serve-hostname', '--http=constructor'],
      'invalid argument "constructor" for "--http" flag: strconv.ParseBool: parsing "constructor": invalid syntax',
    ],
    [
      ['pause', '-v', '0x1'],
      'invalid argument "0x1" for "-v, --v" flag: strconv.ParseInt: parsing "0x1": invalid syntax',
    ],
    [
      ['serve-hostname', '--http=maybe'],
      'invalid argument "maybe" for "--http" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
    [
      ['netexec', '--udp-port', '99999999999999999999'],
      'invalid argument "99999999999999999999" for "--udp-port" flag: strconv.ParseInt: parsing "99999999999999999999": value out of range',
    ],
  ])('refuses %j in the words of cobra', async (args, words) => {
    expect(await run(...args)).toEqual({ said: `Error: ${words}\n`, code: 1 })
  })

  it('tells its own flags below its usage, and takes those of its log everywhere', async () => {
    const { said, code } = await run('--bogus')
    expect(said).toMatch(/^Usage:\n {2}app \[command]\n\nAvailable Commands:\n {2}audit-proxy {27}Listens/)
    expect(said).toMatch(/for more information about a command\.\n\nError: unknown flag: --bogus\n$/)
    expect(code).toBe(1)
    expect((await run('-v', '3', 'dns-server-list', '--log-flush-frequency=1s')).code).toBe(0)
    expect((await run('--', 'netexec', '--zz')).code).toBe(0)
  })

  it('helps with a subcommand as the real one does', async () => {
    expect(await run('logs-generator', '--help')).toEqual({
      code: 0,
      said: `Outputs <linesTotal> lines of logs to stdout uniformly for <duration>

Usage:
  app logs-generator [flags]

Flags:
  -h, --help                    help for logs-generator
  -t, --log-lines-total int     Total lines that should be generated by the end of the run
  -d, --run-duration duration   Total duration of the run

Global Flags:
      --log-flush-frequency duration   Maximum number of seconds between log flushes (default 5s)
  -v, --v Level                        number for the log level verbosity
      --vmodule moduleSpec             comma-separated list of pattern=N settings for file-filtered logging (only works for the default text log format)
`,
    })
    expect(await run('help', 'nosuch', 'thing')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/^Unknown help topic \[`nosuch` `thing`]\nUsage:\n/),
    })
  })

  it('refuses by name what is not simulated', async () => {
    for (const name of ['audit-proxy', 'completion', 'external-metrics', 'fake-registry-server', 'mtlsclient'])
      expect(await run(name)).toEqual({ said: `agnhost: ${name}: not simulated\n`, code: 126 })
  })
})

describe("agnhost's rarer subcommands", () => {
  it('write their headers in the order of Go', async () => {
    const { ip, ask } = await pair('netexec')
    const heads = async (path: string): Promise<string> =>
      (await ask(`curl -si '${ip}:8080${path}'`)).out.replace(/Date: [^\r]*/, 'Date: D').replaceAll('\r', '')
    expect(await heads('/echo?msg=a&code=201')).toBe(
      'HTTP/1.1 201 Created\nDate: D\nContent-Length: 1\nContent-Type: text/plain; charset=utf-8\n\na',
    )
    expect(await heads('/healthz')).toBe('HTTP/1.1 200 OK\nDate: D\nContent-Length: 0\n\n')
    expect(await heads('/redirect?location=/a&code=301')).toBe(
      'HTTP/1.1 301 Moved Permanently\nContent-Type: text/html; charset=utf-8\nLocation: /a\nDate: D\nContent-Length: 37\n\n<a href="/a">Moved Permanently</a>.\n\n',
    )
    expect(await heads('/dial?host=a&port=1')).toBe(
      'HTTP/1.1 400 Bad Request\nContent-Type: text/plain; charset=utf-8\nX-Content-Type-Options: nosniff\nDate: D\nContent-Length: 39\n\nrequest parameter not specified. <nil>\n',
    )
    expect((await ask(`curl -s '${ip}:8080/dial?host=${ip}&port=1&protocol=sctp&request=a'`)).out).toBe(
      '{"errors":["sctp dial failed. err:protocol not supported"]}',
    )
  })

  it('netexec speaks TLS with a certificate, and says which file is missing', async () => {
    const { ip, ask } = await pair('netexec', '--tls-cert-file=/localhost.crt', '--tls-private-key-file=/localhost.key')
    expect((await ask(`curl -sk https://${ip}:8080/hostname`)).out).toBe('server')
    expect((await ask(`curl -s http://${ip}:8080/hostname`)).out).toBe(
      'Client sent an HTTP request to an HTTPS server.\n',
    )
    const m = machine()
    const container = m.run(IMAGE, { args: ['netexec', '--tls-cert-file=/nope'] })
    await m.clock.advance(1000)
    expect(logOf(container)).toMatch(/\] open \/nope: no such file or directory\n$/)
    expect(container.state).toMatchObject({ state: 'exited', status: { code: 1 } })
  })

  it('no-snat-test asks others which address they see', async () => {
    const m = machine()
    const [own, other] = [m.sandbox('own'), m.sandbox('other')]
    const start = (sandbox: typeof own) =>
      m.run(IMAGE, { args: ['no-snat-test'], env: { POD_IP: sandbox.ips[0]!, NODE_IP: '192.0.2.1' } }, sandbox)
    start(other)
    const asked = start(own)
    await m.clock.advance(100)
    const ask = async (ips: string): Promise<string> =>
      (await m.exec(asked, ['curl', '-s', '-w', ' %{http_code}', `localhost:8080/checknosnat?ips=${ips}`])).out
    expect(await ask(`${other.ips[0]}:8080`)).toBe(' 200')
    expect(await ask(`${other.ips[0]}:1`)).toBe(
      `Get "http://${other.ips[0]}:1/whoami": dial tcp ${other.ips[0]}:1: connect: connection refused 500`,
    )
    expect(await ask('')).toBe('Get "http:///whoami": http: no Host in request URL 500')
    expect(await ask(','.repeat(20_000))).toMatch(/no Host in request URL, Get .* 500$/)
    for (const word of ['x', '10.1.2.300', '1::2::3', 'fd00', `${'::'.repeat(50_000)}x`]) {
      const without = m.run(IMAGE, { args: ['no-snat-test'], env: { POD_IP: word } })
      await m.clock.advance(1000)
      expect(logOf(without).replaceAll('\n', '')).toBe(`POD_IP env var contained "${word}", which is not an IP address`)
    }
  })

  it('net leaves a connection half closed', async () => {
    const { ip, ask } = await pair('net', '--serve', ':8889')
    const { out } = await ask(
      `curl -s -X POST ${ip}:8889/run/nat-closewait-server -d '{"LocalAddr":"0.0.0.0:9999","PostFinTimeoutSeconds":2}' & sleep 0.5
       /agnhost net --runner nat-closewait-client --options '{"RemoteAddr":"${ip}:9999"}' 2>/dev/null; wait`,
    )
    expect(out).toBe(`output:

# closewait.go:151: Run &{${ip}:9999 0 0 false}
# closewait.go:166: Connected to server
# closewait.go:184: Server has half-closed the connection, waiting 0 seconds
# closewait.go:195: Done
ok
output:

# closewait.go:75: Run &{0.0.0.0:9999 2}
# closewait.go:88: Server listening on 0.0.0.0:9999
# closewait.go:96: Client connected
# closewait.go:105: Server sent FIN, waiting 2 seconds
# closewait.go:110: Done
`)
    const client = async (address: string): Promise<string> =>
      (await ask(`/agnhost net --runner nat-closewait-client --options '{"RemoteAddr":"${address}"}' 2>&1`)).out
    expect(await client(`${ip}:9`)).toContain(`Error: dial tcp ${ip}:9: connect: connection refused\n`)
    expect(await client('nowhere.invalid:9')).toContain('Error: dial tcp: lookup nowhere.invalid: no such host\n')
    expect((await ask(`curl -s ${ip}:8889/run/x -d '{}'`)).out).toBe(
      "Error from runner: Invalid runner: '<nil>', see --help\noutput:\n\n\n",
    )
  })

  it('port-forward-tester reads what it expects, and sends its pieces', async () => {
    const m = machine()
    const run = async (words: string, env: Record<string, string>) => {
      const container = m.run(IMAGE, { args: ['port-forward-tester'], env: { BIND_PORT: '90', ...env } })
      await m.clock.advance(100)
      const { out } = await m.exec(container, ['sh', '-c', `printf ${words} | nc -w 2 127.0.0.1 90`])
      await m.clock.advance(3000)
      return { out, log: logOf(container), state: container.state }
    }
    const pieces = { EXPECTED_CLIENT_DATA: 'abc', CHUNKS: '3', CHUNK_SIZE: '4', CHUNK_INTERVAL: '100' }
    const done = await run('abc', pieces)
    expect(done.out).toBe('x'.repeat(12))
    expect(done.log).toBe('Accepted client connection\nReceived expected client data\nShutting down connection\nDone\n')
    const other = await run('xyz', pieces)
    expect(other.log).toContain('Expect to read "abc", but got "xyz". err=<nil>\n')
    expect(other.state).toMatchObject({ status: { code: 3 } })
  })

  it('stress takes memory, and tells so', async () => {
    const m = machine()
    const container = m.run(IMAGE, { args: ['stress', '--mem-total=1Mi', '--mem-alloc-size=0.5Mi', '--cpus', '1'] })
    await m.clock.advance(3000)
    expect(logOf(container).replace(/^.*\] /gm, '')).toBe(
      'Allocating "1Mi" memory, in "512Ki" chunks, with a 1ms sleep between allocations\nSpawning a thread to consume CPU\nAllocated "1Mi" memory\n',
    )
  })

  it('stress with steps of nothing takes nothing, and never comes to an end', async () => {
    const m = machine()
    const container = m.run(IMAGE, { args: ['stress', '--mem-total=1', '--mem-alloc-size=0', '--mem-alloc-sleep=0s'] })
    await m.clock.advance(3000)
    expect(logOf(container)).not.toContain('Allocated')
    expect(container.state).toMatchObject({ state: 'running' })
  })

  it('resource-consumer-controller spreads what is to be consumed, and tells what came of it', async () => {
    const { ip, ask } = await pair('resource-consumer-controller')
    const post = async (path: string): Promise<string> => (await ask(`curl -s -X POST '${ip}:8080${path}'`)).out
    expect(await post('/ConsumeCPU?millicores=5')).toBe('not given function argument\n')
    expect(await post('/Nothing')).toBe('unknown function\n')
    expect(await post('/ConsumeMem?megabytes=150&requestSizeMegabytes=100&durationSec=1')).toMatch(
      /^RC manager: sending 1 requests to consume 100 MB each and 1 request to consume 50 MB\nFailed to connect to consumer: Post "http:\/\/resource-consumer\.default\.svc\.cluster\.local:8080\/ConsumeMem": dial tcp: lookup .*\nFailed/,
    )
  })

  it('resource-consumer-controller ends where the cluster has no name', async () => {
    const m = machine()
    const controller = m.run(IMAGE, { args: ['resource-consumer-controller'] })
    const order = 'ConsumeCPU?millicores=1&requestSizeMillicores=1&durationSec=1'
    await m.exec(controller, ['sh', '-c', `echo >/etc/resolv.conf; curl -s -X POST 'localhost:8080/${order}'`])
    expect(logOf(controller)).toBe("panic: Could not find DNS suffix starting with 'svc.' substring\n")
    expect(controller.state).toMatchObject({ status: { code: 2 } })
  })
})
