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
