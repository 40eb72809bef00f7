/** Images that have no test of their own: that their programs start, answer and end. */
import { describe, expect, it } from 'vitest'
import { logOf, type Machine, machine } from '../testing.ts'
import { daemons } from './daemons/daemons.ts'
import { pi } from './languages/interpreters.ts'

/** A Pod with one container, and a shell beside it. */
async function beside(image: string, config: Parameters<Machine['run']>[1] = {}) {
  const m = machine()
  const sandbox = m.sandbox('server')
  const server = m.run(image, config, sandbox)
  const shell = m.run('nicolaka/netshoot', { command: ['sleep', '1d'] }, m.sandbox('client'))
  await m.clock.advance(10_000)
  return {
    m,
    server,
    ip: sandbox.ips[0]!,
    ask: async (script: string) => (await m.exec(shell, ['sh', '-c', script])).out,
  }
}

describe('images of tutorials', () => {
  it('answer by their version', async () => {
    for (const [image, port, answer] of [
      ['gcr.io/google-samples/hello-app:2.0', 8080, 'Hello, world!\nVersion: 2.0.0\nHostname: server\n'],
      ['gcr.io/google-samples/kubernetes-bootcamp:v1', 8080, 'Hello Kubernetes bootcamp! | Running on: server | v=1\n'],
      ['luksa/kubia:v2', 8080, 'This is v2 running in pod server\n'],
      ['gcr.io/google-samples/node-hello:1.0', 8080, 'Hello Kubernetes!'],
    ] as const) {
      const { ip, ask } = await beside(image)
      expect(await ask(`curl -s ${ip}:${port}`)).toBe(answer)
    }
  })

  it('compute π as the Job of the documentation does', async () => {
    expect(pi(10)).toBe('3.141592654')
    expect(pi(100)).toMatch(/^3\.14159265358979323846.*8253421170680$|^3\.1415926535.*117068$/)
    const { server } = await beside('perl:5.34.0', { command: ['perl', '-Mbignum=bpi', '-wle', 'print bpi(2000)'] })
    expect(logOf(server)).toMatch(/^3\.14159\d{1994}\n$/)
    expect(server.state).toMatchObject({ state: 'exited', status: { code: 0 } })
  })

  it('serve files by python, and miss a program that is not there', async () => {
    const { ip, ask } = await beside('python:3.12', {
      command: ['sh', '-c', 'cd /srv 2>/dev/null || cd /tmp; echo hi > a.txt; exec python -m http.server 8080'],
    })
    expect(await ask(`curl -s ${ip}:8080/a.txt`)).toBe('hi\n')
    const { server } = await beside('python:3.12', { command: ['python', 'app.py'] })
    expect(logOf(server)).toBe("python: can't open file '/app.py': [Errno 2] No such file or directory\n")
    expect(server.state).toMatchObject({ status: { code: 2 } })
  })
})

describe('daemons', () => {
  it('all start, each with a program of its own', async () => {
    const m = machine()
    const env = {
      MYSQL_ROOT_PASSWORD: 'x',
      POSTGRES_PASSWORD: 'x',
      ACCEPT_EULA: 'Y',
      PGADMIN_DEFAULT_EMAIL: 'x@example.com',
      PGADMIN_DEFAULT_PASSWORD: 'x',
    }
    const started = daemons.map((image, i) => {
      const name = `${image.repositories[0]}${image.tags.test('latest') ? '' : ':1'}`
      return { name, container: m.run(name, { env }, m.sandbox(`d${i}`)) }
    })
    await m.clock.advance(60_000)
    const ended = started.filter(({ container }) => container.state.state !== 'running')
    expect(ended.map(({ name, container }) => [name, logOf(container)])).toEqual([])
  })

  it('name the version of their tag', async () => {
    const { server } = await beside('mysql:5.7', { env: { MYSQL_ROOT_PASSWORD: 'x' } })
    expect(logOf(server)).toContain("Version: '5.7.44'")
    const newer = await beside('postgres:16-alpine', { env: { POSTGRES_PASSWORD: 'x' } })
    expect(logOf(newer.server)).toContain('starting PostgreSQL 16.10')
    const exact = await beside('public.ecr.aws/docker/library/traefik:v2.10.7')
    expect(logOf(exact.server)).toContain('Traefik version 2.10.7')
  })
})

describe('stress in Go', () => {
  it('takes memory step by step, and CPU, and says so', async () => {
    const m = machine()
    const args = ['-mem-total', '150Mi', '-mem-alloc-size', '10Mi', '--mem-alloc-sleep=1s', '-cpus', '2']
    const server = m.run('vish/stress', { args })
    await m.clock.advance(60_000)
    expect(server.state.state).toBe('running')
    expect(server.usage().memoryBytes).toBe(1_500_000 + 150 * 1024 ** 2)
    expect(logOf(server)).toMatch(
      /^I0105 09:00:\d\d\.\d{6} +1 main\.go:26\] Allocating "150Mi" memory, in "10Mi" chunks, with a 1s sleep between allocations\nI.*Spawning a thread to consume CPU\nI.*CPU\n/,
    )
    const wrong = m.run('vish/stress', { args: ['-frob'] }, m.sandbox('wrong'))
    await m.clock.advance(1000)
    expect(wrong.state).toMatchObject({ state: 'exited', status: { code: 2 } })
    expect(logOf(wrong)).toContain('flag provided but not defined: -frob\n')
  })
})

describe('redis', () => {
  it('does as its configuration says', async () => {
    const m = machine()
    const script =
      'printf "maxmemory 2mb\\nrequirepass secret\\n" > /tmp/redis.conf; exec redis-server /tmp/redis.conf --maxmemory-policy allkeys-lru'
    const server = m.run('redis:7', { command: ['sh', '-c', script] })
    await m.clock.advance(2000)
    const cli = async (...words: string[]) => (await m.exec(server, ['redis-cli', ...words])).out
    expect(await cli('PING')).toBe('NOAUTH Authentication required.\n')
    expect(await cli('--no-auth-warning', '-a', 'secret', 'CONFIG', 'GET', 'maxmemory*')).toBe(
      'maxmemory\n2097152\nmaxmemory-policy\nallkeys-lru\n',
    )
    expect(logOf(server)).toContain('* Configuration loaded\n')
  })
})

describe('databases', () => {
  it('let probes in that know the password', async () => {
    const { m, server } = await beside('mysql:8.0', { env: { MYSQL_ROOT_PASSWORD: 'secret', MYSQL_DATABASE: 'app' } })
    const run = async (script: string) => {
      const { code, out, err } = await m.exec(server, ['bash', '-c', script])
      return `${code} ${out}${err}`
    }
    expect(await run('mysqladmin ping -uroot -psecret')).toBe(
      '0 mysqld is alive\nmysqladmin: [Warning] Using a password on the command line interface can be insecure.\n',
    )
    expect(await run('mysql -h 127.0.0.1 -uroot -psecret -e "SELECT 1" 2> /dev/null')).toBe('0 1\n1\n')
    expect(await run('mysql -uroot -pwrong -e "SELECT 1"')).toBe(
      "1 mysql: [Warning] Using a password on the command line interface can be insecure.\nERROR 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)\n",
    )
    expect(await run('mysql -uroot -psecret -e "show databases"')).toContain('\napp\n')
    expect(await run('mysql -uroot -psecret -N -e "DROP TABLE x" 2>&1 | tail -n 1')).toBe(
      '0 ERROR 1046 (3D000) at line 1: No database selected\n',
    )
  })

  it('tell whether they accept connections', async () => {
    const { m, server } = await beside('postgres:16', { env: { POSTGRES_PASSWORD: 'secret' } })
    const { code, out } = await m.exec(server, ['pg_isready', '-U', 'postgres'])
    expect([code, out]).toEqual([0, '/var/run/postgresql:5432 - accepting connections\n'])
    expect((await m.exec(server, ['pg_isready', '-p', '5433'])).code).toBe(2)
    expect((await beside('postgres:16')).server.state).toMatchObject({ state: 'exited', status: { code: 1 } })
    const mongo = await beside('mongo:6')
    expect((await mongo.m.exec(mongo.server, ['mongosh', '--eval', "db.adminCommand('ping')"])).out).toBe('{ ok: 1 }\n')
  })

  it('memcached speaks its own protocol', async () => {
    const { ip, ask } = await beside('memcached:1.6')
    expect(await ask(`printf 'set a 0 0 5\\r\\nhello\\r\\nget a\\r\\nquit\\r\\n' | nc -w 1 ${ip} 11211`)).toBe(
      'STORED\r\nVALUE a 0 5\r\nhello\r\nEND\r\n',
    )
  })
})

describe('log collectors', () => {
  it('print what an application beside them writes into a file', async () => {
    const { m, server } = await beside('fluent/fluent-bit:3.2', {
      command: [
        'sh',
        '-c',
        'mkdir -p /fluent-bit/etc; printf "[INPUT]\\n  Name tail\\n  Path /tmp/app.log\\n  Tag app\\n[OUTPUT]\\n  Name stdout\\n" > /fluent-bit/etc/fluent-bit.conf; fluent-bit',
      ],
    })
    await m.exec(server, ['sh', '-c', 'echo "it works" >> /tmp/app.log'])
    await m.clock.advance(2000)
    expect(logOf(server)).toMatch(/^\[0\] app: \[\[[\d.]+, \{\}\], \{"log"=>"it works"\}\]$/m)
  })
})

describe('nginx as a proxy', () => {
  const config = (target: string) =>
    `upstream hello {\n  server ${target};\n}\nserver {\n  listen 80;\n  location /api/ {\n    proxy_pass http://hello/;\n    proxy_set_header X-Real-IP $remote_addr;\n  }\n}\n`
  const start = ['sh', '-c', 'printf "%s" "$CONFIG" > /etc/nginx/conf.d/default.conf; exec nginx -g "daemon off;"']

  it('sends requests on, and says in its log why it could not', async () => {
    const m = machine()
    const backend = m.sandbox('backend')
    const app = m.run('mendhak/http-https-echo', { env: { HTTP_PORT: '8080' } }, backend)
    const front = m.sandbox('front')
    const nginx = m.run('nginx:1.27', { command: start, env: { CONFIG: config(`${backend.ips[0]}:8080`) } }, front)
    const shell = m.run('curlimages/curl', { command: ['sleep', '1d'] }, m.sandbox('client'))
    await m.clock.advance(5000)
    const ask = async (path: string) => (await m.exec(shell, ['sh', '-c', `curl -s ${front.ips[0]}${path}`])).out
    const seen = JSON.parse(await ask('/api/users?id=1'))
    expect(seen.http.originalUrl).toBe('/users?id=1')
    expect(seen.request.headers).toMatchObject({ host: 'hello', 'x-real-ip': '10.244.0.4' })
    app.kill('KILL')
    await m.clock.advance(1000)
    expect(await ask('/api/')).toContain('<h1>502 Bad Gateway</h1>')
    expect(logOf(nginx)).toContain('connect() failed (111: Connection refused) while connecting to upstream')
  })

  it('does not start when nobody knows the name', async () => {
    const m = machine()
    const nginx = m.run('nginx:1.27', { command: start, env: { CONFIG: config('nobody:80') } })
    await m.clock.advance(1000)
    expect(logOf(nginx)).toContain(
      'nginx: [emerg] host not found in upstream "nobody" in /etc/nginx/conf.d/default.conf:2\n',
    )
    expect(nginx.state).toMatchObject({ state: 'exited', status: { code: 1 } })
  })
})
