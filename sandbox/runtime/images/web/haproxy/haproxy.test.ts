/** haproxy: what it says of its configuration, and how it shares requests out. */
import { describe, expect, it } from 'vitest'
import { logOf, machine } from '../../../testing.ts'

const FILE = '/tmp/haproxy.cfg'
const DEFAULTS = 'defaults\n  mode http\n  timeout client 5s\n  timeout server 5s\n  timeout connect 1s\n'

/** The first alert that each configuration raises. */
async function verdicts(configs: readonly string[]): Promise<string[]> {
  const m = machine()
  const script = configs
    .map(
      text =>
        `cat > ${FILE} <<'END'\n${DEFAULTS}${text}\nEND\nhaproxy -c -f ${FILE} 2>&1 | grep -m1 'ALERT\\|valid' | sed 's/.*(.*) : config : //'\n`,
    )
    .join('')
  const { out } = await m.sh(script, { image: 'haproxy:3.2' })
  return out.trimEnd().split('\n')
}

const AT = `parsing [${FILE}:7] : `

const WRONG: readonly (readonly [config: string, said: string])[] = [
  ['frontend f\n  bindd *:80', `${AT}unknown keyword 'bindd' in 'frontend' section`],
  ['frontend f\n  mode htp', `${AT}unknown proxy mode 'htp'.`],
  ['frontend f\n  bind *', `${AT}'bind' : missing port number: '*'`],
  ['frontend f\n  option htplog', `${AT}unknown option 'htplog'.`],
  ['backend b\n  bind *:80', `${AT}'bind' not allowed in 'backend' section.`],
  ['backend b\n  server s 127.0.0.1:80 chek', `${AT}'server s' : unknown keyword 'chek'.`],
  ['frontend f\n  use_backend b if api', `${AT}error detected while parsing switching rule : no such ACL : 'api'.`],
  [
    'frontend f\n  acl a pathbeg /x',
    `${AT}error detected while parsing ACL 'a' : unknown fetch method 'pathbeg' in ACL expression 'pathbeg'.`,
  ],
  ['frontend f\n  acl a path_reg (x', `${AT}error detected while parsing ACL 'a' : regex '(x' is invalid.`],
  ['backend b\n  default-server chek', `${AT}'default-server' : unknown keyword 'chek'.`],
  ['backend b\n  cookie SRV rewrite', `${AT}'cookie rewrite' is not simulated.`],
  [
    'backend b\n  option forwardfor always',
    `${AT}'option forwardfor' only supports optional values: 'except', 'header' and 'if-none'.`,
  ],
  ['frontend f\n  stick-table type ip size 1m', `${AT}'stick-table' is not simulated.`],
  ['frontend f\n  bind *:80\n  default_backend none', "Proxy 'f': unable to find required default_backend: 'none'."],
  ['backend b\n  server s nobody:80', `[${FILE}:7] : 'server b/s' : could not resolve address 'nobody'.`],
  ['listen l\n  bind *:80', 'Configuration file is valid'],
]

describe('haproxy -c', () => {
  it('raises its alerts', async () => {
    expect(await verdicts(WRONG.map(([config]) => config))).toEqual(WRONG.map(([, said]) => said))
  })

  it('wants a file, and an end of its last line', async () => {
    const m = machine()
    const { out } = await m.sh(
      `haproxy 2>&1 | tail -1; printf 'global\\n  daemon' > ${FILE}; haproxy -c -f ${FILE} 2>&1 | grep ALERT`,
      { image: 'haproxy:3.2' },
    )
    expect(out).toContain(
      'config : Cannot open configuration file/directory /usr/local/etc/haproxy/haproxy.cfg : No such file or directory\n',
    )
    expect(out).toContain(
      `parsing [${FILE}:2]: Missing LF on last line, file might have been truncated at position 9.\n`,
    )
    expect(out).toContain('config : Fatal errors found in configuration.\n')
  })
})

const CONFIG = `global
  log stdout format raw local0
${DEFAULTS}  log global
  option httplog
frontend web
  bind :80
  acl is_api path_beg /api
  acl is_other hdr(host) -i other.test
  http-request deny if { path /secret } !LOCALHOST
  http-request redirect location /new if { path /old }
  http-request set-header X-From %[src]
  http-response add-header X-Answered yes
  http-response add-header X-Answered again
  use_backend api if is_api
  use_backend other if is_other || { path_end .other }
  default_backend app
backend app
  balance roundrobin
  option forwardfor
  option httpchk GET /
  default-server check inter 1s
  server one 127.0.0.1:8001 weight 2
  server two 127.0.0.1:8002
  server gone 127.0.0.1:8009 fall 2
backend api
  option forwardfor except 127.0.0.0/8 header X-Client
  cookie SRV insert indirect nocache httponly
  server only 127.0.0.1:8002 cookie a
backend other
  server none 127.0.0.1:8009
  retries 0
listen stats
  bind :8404
  stats enable
  stats uri /stats
  stats auth admin:pw
listen raw
  mode tcp
  bind :9000
  server one 127.0.0.1:8001
`

const BACKENDS =
  'server { listen 8001; return 200 "one $http_x_from $http_x_forwarded_for\\n"; } server { listen 8002; return 200 "two $request_uri\\n"; }'

async function running() {
  const m = machine()
  const sandbox = m.sandbox('lb')
  const nginx = m.run(
    'nginx:1.27',
    { command: ['sh', '-c', `echo '${BACKENDS}' > /etc/nginx/conf.d/default.conf; exec nginx -g 'daemon off;'`] },
    sandbox,
  )
  await m.clock.advance(1000)
  const haproxy = m.run(
    'haproxy:3.2',
    { command: ['sh', '-c', `cat > ${FILE} <<'END'\n${CONFIG}END\nexec haproxy -W -db -f ${FILE}`] },
    sandbox,
  )
  await m.clock.advance(5000)
  return {
    m,
    haproxy,
    nginx,
    ask: async (command: string) => (await m.exec(nginx, ['sh', '-c', command])).out,
  }
}

describe('haproxy', () => {
  it('shares requests by weight among the servers that pass their checks', async () => {
    const { ask, haproxy } = await running()
    const answers = (await ask(Array(6).fill('curl -s localhost').join(';'))).trimEnd().split('\n')
    expect(answers.filter(line => line === 'one 127.0.0.1 127.0.0.1')).toHaveLength(4)
    expect(answers.filter(line => line === 'two /')).toHaveLength(2)
    const log = logOf(haproxy)
    expect(log).toContain(
      'Server app/gone is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 1ms. 2 active and 0 backup servers left.',
    )
    expect(log).toMatch(
      /^127\.0\.0\.1:\d+ \[05\/Jan\/2026:09:00:0\d\.\d{3}\] web app\/one 0\/0\/0\/\d+\/\d+ 200 24 - - ---- .* "GET \/ HTTP\/1\.1"$/m,
    )
  })

  it('chooses backends by conditions, denies, redirects', async () => {
    const { ask } = await running()
    expect(
      await ask("curl -s localhost/api/x; curl -s -o /dev/null -w '%{http_code} %{redirect_url}\\n' localhost/old"),
    ).toBe('two /api/x\n302 http://localhost/new\n')
    expect(await ask('curl -si -H "Host: OTHER.test" localhost')).toMatch(
      /^HTTP\/1\.1 503 Service Unavailable\r\n[\s\S]*<html><body><h1>503 Service Unavailable<\/h1>\nNo server is available to handle this request\.\n<\/body><\/html>\n$/,
    )
    expect(await ask('curl -s localhost:9000')).toBe('one  \n')
  })

  it('tells servers and clients of one another as its rules want', async () => {
    const { ask } = await running()
    const answer = await ask('curl -si localhost/api/x')
    expect(answer).toContain('set-cookie: SRV=a; path=/; HttpOnly\r\n')
    expect(answer).toContain('cache-control: private\r\n')
    expect(answer).toContain('x-answered: yes\r\nx-answered: again\r\n')
    expect(await ask('curl -si -H "Cookie: SRV=a" localhost/api/x')).not.toContain('set-cookie')
  })

  it('says when the last server is lost and when one is back, and shows it', async () => {
    const { m, ask, haproxy, nginx } = await running()
    await m.exec(nginx, [
      'sh',
      '-c',
      "echo 'server { listen 8003; }' > /etc/nginx/conf.d/default.conf; nginx -s reload",
    ])
    await m.clock.advance(6000)
    expect(logOf(haproxy)).toContain("backend 'app' has no server available!")
    expect(await ask('curl -s -u admin:pw "localhost:8404/stats;csv" | grep ^app | cut -d, -f1,2,18')).toBe(
      'app,one,DOWN\napp,two,DOWN\napp,gone,DOWN\napp,BACKEND,DOWN\n',
    )
    expect(await ask('curl -s -o /dev/null -w "%{http_code}" localhost:8404/stats')).toBe('401')
    await m.exec(nginx, ['sh', '-c', `echo '${BACKENDS}' > /etc/nginx/conf.d/default.conf; nginx -s reload`])
    await m.clock.advance(4000)
    expect(logOf(haproxy)).toContain(
      'Server app/one is UP, reason: Layer7 check passed, code: 200, check duration: 3ms.',
    )
  })
})

describe('a worker that is gone', () => {
  it.each([
    [
      'KILL',
      137,
      [
        'Current worker (8) exited with code 137 (Killed)',
        'exit-on-failure: killing every processes with SIGTERM',
        'All workers exited. Exiting... (137)',
      ],
    ],
    ['TERM', 0, ['Current worker (8) exited with code 143 (Terminated)', 'All workers exited. Exiting... (0)']],
  ] as const)('by SIG%s ends its master with %i', async (signal, code, said) => {
    const m = machine()
    const file = `${DEFAULTS}frontend f\n  bind *:80\n`
    const server = m.run('haproxy:3.2', {
      command: ['sh', '-c', `printf '${file.replaceAll('\n', '\\n')}' > ${FILE}; exec haproxy -W -db -f ${FILE}`],
    })
    await m.clock.advance(1000)
    const worker = /new worker \((\d+)\)/.exec(logOf(server))![1]!
    await m.exec(server, ['sh', '-c', `kill -${signal} ${worker}`])
    await m.clock.advance(1000)
    expect(
      logOf(server)
        .trimEnd()
        .split('\n')
        .slice(-said.length)
        .map(line => line.replace(/^.* \(1\) : /, '')),
    ).toEqual(said.map(text => text.replace('(8)', `(${worker})`)))
    expect(server.state).toMatchObject({ state: 'exited', status: { code } })
  })
})
