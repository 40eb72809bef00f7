/** Small servers that projects show themselves with: echoes, counters, answers by host name. */
import { isErrno } from '../../errno.ts'
import type { Process } from '../../processes/process.ts'
import { flask, spring } from './log-styles.ts'
import { type Behaviour, capital, html, json, text } from './small-server.ts'

/** The end of a Pod's name, by which its course tells replicas apart. */
const lastFive = (hostname: string): string => hostname.slice(-5)

/** By names of colours, which are first words of names of Pods or namespaces. */
const CIRCLES: Readonly<Record<string, string>> = {
  red: '🔴',
  orange: '🟠',
  yellow: '🟡',
  green: '🟢',
  blue: '🔵',
  purple: '🟣',
  brown: '🟤',
  black: '⚫',
  white: '⚪',
}

const NAMESPACE_FILE = '/var/run/secrets/kubernetes.io/serviceaccount/namespace'

function namespaceOf({ env, fs }: Process): string {
  return env.NAMESPACE || (fs.exists(NAMESPACE_FILE) ? fs.readFile(NAMESPACE_FILE) : '')
}

/** By which the generator of random numbers tells probes that it is ready. */
const READY_FILE = '/tmp/random-generator-ready'

function setReady({ fs }: Process, ready: boolean): void {
  try {
    if (ready) fs.writeFile(READY_FILE, '')
    else fs.unlink(READY_FILE)
  } catch (error) {
    // It goes on where it may not write.
    if (!isErrno(error)) throw error
  }
}

const DEATHSTAR = {
  name: 'Death Star',
  hostname: '',
  model: 'DS-1 Orbital Battle Station',
  manufacturer: 'Imperial Department of Military Research, Sienar Fleet Systems',
  cost_in_credits: '1000000000000',
  length: '120000',
  crew: '342953',
  passengers: '843342',
  cargo_capacity: '1000000000000',
  hyperdrive_rating: '4.0',
  starship_class: 'Deep Space Mobile Battlestation',
  api: [
    'GET   /v1',
    'GET   /v1/healthz',
    'POST  /v1/request-landing',
    'PUT   /v1/cargobay',
    'GET   /v1/hyper-matter-reactor/status',
    'PUT   /v1/exhaust-port',
  ],
}

const EXPLODED =
  'Panic: deathstar exploded\n\ngoroutine 1 [running]:\nmain.HandleGarbage(0x2080c3f50, 0x2, 0x4, 0x425c0, 0x5, 0xa)\n        /code/src/github.com/empire/deathstar/\n        temp/main.go:9 +0x64\nmain.main()\n        /code/src/github.com/empire/deathstar/\n        temp/main.go:5 +0x85\n'

export const DEMOS: Readonly<Record<string, Behaviour>> = {
  'docker-http-server': {
    plainLog: true,
    answer: (_r, { process, tag }) =>
      text(
        `<h1>${tag === 'v2' ? 'New Release! Now v2! ' : ''}This request was processed by host: ${process.hostname}</h1>\n`,
        200,
        'text/html; charset=utf-8',
      ),
    greeting: port => `Web Server started. Listening on 0.0.0.0:${port}`,
  },
  'jwilder-whoami': {
    plainLog: true,
    port: (p, port) => Number(p.env.PORT ?? port),
    answer: (_r, { process }) => text(`I'm ${process.hostname}\n`),
    greeting: port => `Listening on :${port}`,
    log: (_r, process) => `I'm ${process.hostname}`,
  },
  'hello-openshift': {
    plainLog: true,
    port: (p, port) => Number(p.env.PORT ?? port),
    answer: (_r, { process }) => text(`${process.env.RESPONSE ?? 'Hello OpenShift!'}\n`),
    greeting: port => `serving on ${port}`,
    log: () => 'Servicing request.',
  },
  'helloworld-go': {
    port: (p, port) => Number(p.env.PORT ?? port),
    answer: (_r, { process }) => text(`Hello ${process.env.TARGET ?? 'World'}!\n`),
    greeting: port => `helloworld: listening on port ${port}`,
    log: () => 'helloworld: received a request',
  },
  defaultbackend: {
    plainLog: true,
    answer: r => (r.path === '/healthz' ? text('ok') : text('default backend - 404', 404)),
  },
  'counting-service': {
    plainLog: true,
    port: (p, port) => Number(p.env.PORT ?? port),
    answer(r, { process, state }) {
      if (r.path === '/health') {
        state.requests--
        return text('Hello, you hit /health\n')
      }
      return text(JSON.stringify({ count: state.requests, hostname: process.hostname }), 200, 'application/json')
    },
    greeting: port => `Serving at http://localhost:${port}\n(Pass as PORT environment variable)`,
  },
  'jpetazzo-color': {
    plainLog: true,
    port: (p, port) => Number(p.env.PORT || port),
    answer(r, { process }) {
      const namespace = namespaceOf(process)
      const { hostname } = process
      const color = hostname.split('-')[0]!
      const who = namespace ? `pod ${namespace}/${hostname}` : hostname
      const said = `${CIRCLES[namespace] ?? ''}${CIRCLES[color] ?? ''}This is ${who} on linux/amd64, serving ${r.target} for ${r.remote.ip}:${r.remote.port}.`
      return text(
        `<!DOCTYPE html>\r<html>\r<body style="background: ${namespace}; text-align: center;">\r<div style="padding: 4em;"></div>\r<span style="padding: 4em; background: ${color};">\r<span style="padding: 2px; background: white;">\r${said}\n</span>\r</span>\r</body>\r</html>\r`,
        200,
        'text/html; charset=utf-8',
      )
    },
    greeting: port => `Starting HTTP server (linux/amd64) listening on port ${port}.`,
    log: r => `${r.remote.ip}:${r.remote.port} ${r.method} ${r.target} HTTP/1.1 [${r.headers.get('user-agent') ?? ''}]`,
  },
  httpenv: {
    answer: (_r, { process }) => text(`${JSON.stringify(process.env)}`, 200, 'application/json'),
  },
  starwars: {
    answer(r, { process }) {
      if (r.path === '/v1/request-landing' && r.method === 'POST') return text('Ship landed\n')
      if (r.path === '/v1/exhaust-port' && r.method === 'PUT') return text(EXPLODED, 503)
      if (r.path === '/v1/healthz' || r.path === '/v1/hyper-matter-reactor/status') return text('OK\n')
      if (r.path === '/v1' || r.path === '/v1/') return json({ ...DEATHSTAR, hostname: process.hostname })
      return text('404 page not found\n', 404)
    },
    greeting: port => `Serving deathstar at http://[::]:${port}`,
  },
  'inanimate-echo': {
    plainLog: true,
    port: (p, port) => Number(p.env.PORT ?? port),
    answer(r, { process }) {
      const { fs, env, hostname, clock } = process
      const file = (path: string): string => (fs.exists(path) ? fs.readFile(path) : '')
      return {
        ...text(
          `Welcome to echo-server!  Here's what I know.\n  > Head to /ws for interactive websocket echo!\n\n-> My hostname is: ${hostname}\n\n-> Requesting IP: ${r.remote.ip}:${r.remote.port}\n\n-> Request Headers | \n\n  HTTP/1.1 ${r.method} ${r.target}\n\n${[...r.headers].map(([k, v]) => `  ${capital(k)}: ${v}\n`).join('')}\n\n-> Response Headers | \n\n  Content-Type: text/plain\n  X-Real-Server: echo-server\n\n  > Note that you may also see "Transfer-Encoding" and "Date"!\n\n\n-> My environment |\n${Object.entries(
            env,
          )
            .map(([k, v]) => `  ${k}=${v}\n`)
            .join(
              '',
            )}\n\n-> Contents of /etc/resolv.conf | \n${file('/etc/resolv.conf')}\n\n-> Contents of /etc/hosts | \n${file('/etc/hosts')}\n\n\n-> And that's the way it is ${new Date(clock.now()).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC\n\n// Thanks for using echo-server, a project by Mario Loria (InAnimaTe).\n// https://github.com/inanimate/echo-server\n// https://hub.docker.com/r/inanimate/echo-server\n`,
          200,
          'text/plain',
        ),
        server: 'echo-server',
      }
    },
    greeting: port => `Starting echo-server on port ${port}..`,
  },
  whereami: {
    interpreted: true,
    style: flask('app'),
    port: (p, port) => Number(p.env.PORT ?? port),
    answer(r, { process: { env, hostname, clock } }) {
      if (r.path === '/healthz') return text('Healthy')
      const all: Record<string, string> = {
        host_header: r.headers.get('host') ?? '',
        pod_ip: env.POD_IP ?? '',
        pod_name: hostname,
        pod_namespace: env.POD_NAMESPACE ?? '',
        pod_service_account: env.POD_SERVICE_ACCOUNT ?? '',
        node_name: env.NODE_NAME ?? '',
        metadata: env.METADATA ?? '',
        timestamp: new Date(clock.now()).toISOString().slice(0, 19),
      }
      const said = Object.entries(all).filter(([, value]) => value !== '')
      const one = r.path.slice(1)
      if (one) return one in all ? text(all[one]!) : text('Not Found\n', 404)
      return json(Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1))))
    },
  },
  'hello-world-rest-api': {
    interpreted: true,
    plainLog: true,
    startMs: 4000,
    style: spring(
      '2.2.4.RELEASE',
      'com.in28minutes.rest.webservices.restfulwebservices.RestfulWebServicesApplication',
      4.218,
    ),
    answer(r, { process, tag }) {
      const suffix = ` ${tag === '0.0.2.RELEASE' ? 'V2' : 'V1'} ${lastFive(process.hostname)}`
      if (r.path === '/') return text('{healthy:true}', 200, 'text/plain;charset=UTF-8')
      if (r.path === '/hello-world') return text(`Hello World ${suffix}`, 200, 'text/plain;charset=UTF-8')
      if (r.path === '/hello-world-bean') return json({ message: 'Hello World' })
      const name = /^\/hello-world\/path-variable\/(.+)$/.exec(r.path)?.[1]
      if (name) return json({ message: `Hello World, ${name}` })
      return json(
        {
          timestamp: new Date(process.clock.now()).toISOString(),
          status: 404,
          error: 'Not Found',
          message: 'No message available',
          path: r.path,
        },
        404,
      )
    },
  },
  'random-generator': {
    interpreted: true,
    plainLog: true,
    startMs: 3500,
    delayMs: p => Number(p.env.DELAY_STARTUP ?? 0) * 1000,
    listening: process => setReady(process, true),
    style: spring('2.7.18', 'io.k8spatterns.examples.RandomGeneratorApplication', 3.482),
    answer(r, { process, state }) {
      if (r.path === '/actuator/health') return state.healthy ? json({ status: 'UP' }) : json({ status: 'DOWN' }, 503)
      if (r.path === '/toggle-ready') {
        setReady(process, !process.fs.exists(READY_FILE))
        return text('')
      }
      if (r.path === '/toggle-live') {
        state.healthy = !state.healthy
        return text('')
      }
      if (r.path !== '/') return json({ status: 404, error: 'Not Found', path: r.path }, 404)
      const random = process.random.uint32() - 2 ** 31
      return json({ random, id: (state.id ??= process.random.uuid()) })
    },
  },
  'numbers-api': {
    interpreted: true,
    plainLog: true,
    answer(r, { process, state }) {
      if (r.path === '/healthz') return state.healthy ? text('Ok') : text('Unhealthy', 500)
      if (r.path === '/reset') {
        state.healthy = true
        return text('Ok')
      }
      if (r.path !== '/rng') return text('', 404)
      if (!state.healthy) return json({ message: 'Unhealthy' }, 500)
      state.calls = (state.calls ?? 0) + 1
      const most = Number(process.env.FailAfterCallCount ?? 0)
      if (most > 0 && state.calls >= most) state.healthy = false
      return text(String(process.random.uint32() % 100))
    },
    greeting: port =>
      `info: Microsoft.Hosting.Lifetime[0]\n      Now listening on: http://[::]:${port}\ninfo: Microsoft.Hosting.Lifetime[0]\n      Application started. Press Ctrl+C to shut down.`,
  },
  'helloworld-http': {
    interpreted: true,
    plainLog: true,
    answer: (_r, { process }) =>
      text(
        `<html><head><title>HTTP Hello World</title></head><body><h1>Hello from ${process.hostname}</h1></body></html`,
        200,
        'text/html',
      ),
  },
  'crccheck-hello': {
    interpreted: true,
    plainLog: true,
    answer: r =>
      r.path === '/'
        ? text(
            '<pre>\nHello World\n\n\n                                       ##         .\n                                 ## ## ##        ==\n                              ## ## ## ## ##    ===\n                           /""""""""""""""""\\___/ ===\n                      ~~~ {~~ ~~~~ ~~~ ~~~~ ~~ ~ /  ===- ~~~\n                           \\______ o          _,/\n                            \\      \\       _,\'\n                             `\'--.._\\..--\'\'\n</pre>\n',
            200,
            'text/html',
          )
        : text('404 Not Found\n', 404, 'text/html'),
  },
  'aci-helloworld': {
    interpreted: true,
    plainLog: true,
    answer: () => html('Welcome to Azure Container Instances!', '<h1>Welcome to Azure Container Instances!</h1>'),
    greeting: port => `listening on port ${port}`,
  },
  'aks-helloworld': {
    interpreted: true,
    plainLog: true,
    answer: (_r, { process }) => {
      const title = process.env.TITLE ?? 'Welcome to Azure Kubernetes Service (AKS)'
      return html(title, `<div id="logo">${title}</div>`)
    },
    greeting: () => 'spawned uWSGI worker 1 (pid: 1, cores: 1)',
  },
  'rancher-hello': {
    plainLog: true,
    answer: (r, { process }) =>
      html(
        'Rancher',
        `<h1>Hello world!</h1>\n<h3>My hostname is ${process.hostname}</h3>\n<div id='Services'>\n<h3>k8s services found ${Object.keys(process.env).filter(name => name.endsWith('_SERVICE_HOST')).length}</h3>\n</div>\n<div id="reqInfo"><h3>Host: ${r.headers.get('host') ?? ''}</h3></div>`,
      ),
    greeting: port => `Listening on :${port}`,
  },
}
