/** What small servers answer, log and do when they are told to stop, each in its own way. */
import { resolveHost } from '../../commands/network/resolve.ts'
import { httpGet } from '../../network/http-client.ts'
import { answerGrpcHealth, forever, type HttpRequest, type HttpResponse, serveHttp } from '../../network/serving.ts'
import type { Process } from '../../processes/process.ts'
import { DEMOS } from './demo-servers.ts'
import { goGuestbook, phpGuestbook } from './guestbook.ts'
import { httpbin } from './httpbin.ts'
import { apache, flask, gunicorn } from './log-styles.ts'
import { resourceConsumer } from './resource-consumer.ts'
import { SHOPS } from './shops.ts'
import { type Answering, type Behaviour, capital, html, json, text } from './small-server.ts'
import { tcpEcho } from './tcp-echo.ts'
import { TUTORIALS } from './tutorial-servers.ts'
import { wordpress } from './wordpress.ts'

function flag(process: Process, name: string): string | undefined {
  for (const [i, word] of process.argv.entries()) {
    if (word === `-${name}` || word === `--${name}`) return process.argv[i + 1]
    const match = new RegExp(`^--?${name}=(.*)$`, 's').exec(word)
    if (match) return match[1]
  }
  return undefined
}

/** Of kodekloud/webapp-color, by tag. */
const COLORS: Readonly<Record<string, string>> = { v1: 'blue', v2: 'green', v3: 'red' }
const COLOR_NAMES = 'red,green,blue,blue2,pink,darkblue'
const COLOR_HELP = ` This is a sample web application that displays a colored background. \n A color can be specified in two ways. \n\n 1. As a command line argument with --color as the argument. Accepts one of ${COLOR_NAMES} \n 2. As an Environment variable APP_COLOR. Accepts one of ${COLOR_NAMES} \n 3. If none of the above then a random color is picked from the above list. \n Note: Command line argument precedes over environment variable.\n\n`

/** Its colour, and what it says of where it has it from. */
function colorOf(process: Process, tag: string): { color: string; said: string } {
  const argument = flag(process, 'color')
  const variable = process.env.APP_COLOR
  if (argument !== undefined)
    return {
      color: argument,
      said: `Color from command line argument =${argument}${variable === undefined ? '' : `\nA color was set through environment variable -${variable}. However, color from command line argument takes precendence.`}`,
    }
  if (variable !== undefined)
    return {
      color: variable,
      said: `No Command line argument. Color from environment variable =${variable}`,
    }
  const color = COLORS[tag] ?? 'blue'
  return { color, said: `No command line argument or environment variable. Picking a Random Color =${color}` }
}

const headersOf = (request: HttpRequest): Record<string, string> => Object.fromEntries(request.headers)
const headerLines = (request: HttpRequest): string => [...request.headers].map(([k, v]) => `${k}=${v}`).join('\n')
const numbered = (tag: string, fallback: string): string => (/^\d/.test(tag) ? tag : fallback)

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  'hello-app': {
    port: (p, port) => Number(p.env.PORT ?? port),
    answer: (_r, { process, tag }) => text(`Hello, world!\nVersion: ${tag}.0\nHostname: ${process.hostname}\n`),
    greeting: port => `Server listening on port ${port}`,
    log: r => `Serving request: ${r.path}`,
  },
  'hello-go-gke': { answer: () => text('{"message":"Hello"}\n', 200, 'application/json') },
  'node-hello': { interpreted: true, answer: () => text('Hello Kubernetes!') },
  'gb-frontend': phpGuestbook,
  guestbook: goGuestbook,
  'kubernetes-bootcamp': {
    interpreted: true,
    answer: (_r, { process, tag }) =>
      text(
        `Hello Kubernetes bootcamp! | Running on: ${process.hostname} | v=${tag === 'v2' ? 2 : 1}\n`,
        200,
        'text/plain',
      ),
    greeting: () => 'Kubernetes Bootcamp App Started',
    log: r => `Running On: ${r.remote.ip}`,
  },
  'hpa-example': {
    interpreted: true,
    cpuMs: 60,
    style: apache('2.4.10', '5.6.14'),
    answer: () => ({
      ...text('OK!', 200, 'text/html; charset=UTF-8'),
      headers: { 'X-Powered-By': 'PHP/5.6.14', 'Content-Type': 'text/html; charset=UTF-8' },
    }),
  },
  'http-echo': {
    port: (p, port) => Number((flag(p, 'listen') ?? `:${port}`).split(':').pop()),
    address: p => (flag(p, 'listen') ?? '').replace(/:\d+$/, '').replace('localhost', '127.0.0.1'),
    answer: (_r, { process }) => text(`${flag(process, 'text') ?? process.env.ECHO_TEXT ?? ''}\n`),
    greeting: (port, address) => `[INFO] server is listening on ${address}:${port}`,
  },
  echoserver: {
    interpreted: true,
    answer: (r, { process }) =>
      text(
        `\n\nHostname: ${process.hostname}\n\nPod Information:\n\t-no pod information available-\n\nServer values:\n\tserver_version=nginx: 1.14.2 - lua: 10015\n\nRequest Information:\n\tclient_address=${r.remote.ip}\n\tmethod=${r.method}\n\treal path=${r.target}\n\tquery=${r.target.split('?')[1] ?? ''}\n\trequest_version=1.1\n\trequest_uri=http://${r.headers.get('host') ?? ''}:8080${r.target}\n\nRequest Headers:\n\t${headerLines(r).replaceAll('\n', '\n\t')}\n\nRequest Body:\n\t${r.body || '-no body in request-'}\n\n`,
      ),
  },
  whoami: {
    port: (p, port) => Number(flag(p, 'port') ?? p.env.WHOAMI_PORT_NUMBER ?? port),
    answer: (r, { process }) =>
      text(
        `Hostname: ${process.hostname}\nIP: 127.0.0.1\n${process.net.ips.map(ip => `IP: ${ip}\n`).join('')}RemoteAddr: ${r.remote.ip}:${r.remote.port}\n${r.method} ${r.target} HTTP/1.1\n${[...r.headers].map(([k, v]) => `${capital(k)}: ${v}\n`).join('')}\n`,
      ),
    greeting: port => `Starting up on port ${port}`,
  },
  kuard: {
    answer(r, { process, tag, state }) {
      const toggle = /^\/(healthy|ready)\/api$/.exec(r.path)
      if (toggle && r.method === 'PUT') {
        const failing = Number((JSON.parse(r.body || '{}') as { failNext?: number }).failNext ?? 0) !== 0
        state[toggle[1] === 'ready' ? 'ready' : 'healthy'] = !failing
        return text('')
      }
      if (r.path === '/healthy') return state.healthy ? text('ok') : text('fail', 500)
      if (r.path === '/ready') return state.ready ? text('ok') : text('fail', 500)
      if (r.path === '/env/api')
        return text(JSON.stringify({ commandLine: process.argv, env: process.env }), 200, 'application/json')
      if (r.path !== '/') return text('404 page not found\n', 404)
      const version = `v0.10.0-${tag}`
      return html(
        'KUAR Demo',
        `<h1>Demo application version <i>${version}</i></h1>\n<p>Serving on ${process.hostname}</p>`,
      )
    },
    greeting: port => `Serving on HTTP on :${port}`,
    log: r => `${r.remote.ip}:${r.remote.port} ${r.method} ${r.target}`,
  },
  podinfo: {
    port: (p, port) => Number(flag(p, 'port') ?? p.env.PODINFO_PORT ?? port),
    answer(r, { process, tag, state }) {
      const about = {
        hostname: process.hostname,
        version: numbered(tag, '6.9.0'),
        color: process.env.PODINFO_UI_COLOR ?? '#34577c',
        message: process.env.PODINFO_UI_MESSAGE ?? `greetings from podinfo v${numbered(tag, '6.9.0')}`,
      }
      switch (r.path) {
        case '/':
          return json(about)
        case '/healthz':
          return json({ status: state.healthy ? 'OK' : 'KO' }, state.healthy ? 200 : 503)
        case '/readyz':
          return json({ status: state.ready ? 'OK' : 'KO' }, state.ready ? 200 : 503)
        case '/readyz/disable':
        case '/readyz/enable':
          state.ready = r.path.endsWith('enable')
          return json({ status: 'OK' }, 202)
        case '/version':
          return json({ version: about.version, commit: 'unknown' })
        case '/env':
          return json(Object.entries(process.env).map(([k, v]) => `${k}=${v}`))
        case '/headers':
          return json(Object.fromEntries([...r.headers].map(([k, v]) => [capital(k), [v]])))
        case '/panic':
          return undefined
        default:
          return text('404 page not found\n', 404)
      }
    },
    plainLog: true,
    greeting: port => `{"level":"info","msg":"Starting HTTP Server.","addr":":${port}"}`,
  },
  'hello-kubernetes': {
    interpreted: true,
    port: (p, port) => Number(p.env.PORT ?? p.env.HANDLER_PORT ?? port),
    answer: (_r, { process }) =>
      html(
        'Hello Kubernetes!',
        `<h1>${process.env.MESSAGE ?? 'Hello world!'}</h1>\n<table>\n<tr><th>pod:</th><td>${process.hostname}</td></tr>\n<tr><th>node:</th><td>${process.env.KUBERNETES_NODE_NAME ?? '-'}</td></tr>\n</table>`,
      ),
    greeting: port => `Listening on: http://${'0.0.0.0'}:${port}`,
  },
  'hello-world-page': {
    interpreted: true,
    answer: (_r, { process }) =>
      html('Hello world!', `<h1>Hello world!</h1>\n<h3>My hostname is ${process.hostname}</h3>`),
  },
  serve_hostname: { answer: (_r, { process }) => text(process.hostname) },
  'webapp-color': {
    interpreted: true,
    plainLog: true,
    style: flask(),
    answer: (_r, { process, tag }) =>
      html(
        'Hello from Flask',
        `<div style="background:${colorOf(process, tag).color}">\n<h1>Hello from ${process.hostname}!</h1>\n</div>`,
      ),
    greeting: (_port, _address, process, tag) => `${COLOR_HELP}\n${colorOf(process, tag).said}`,
  },
  'azure-vote-front': {
    interpreted: true,
    plainLog: true,
    answer: (_r, { process }) =>
      html(
        process.env.TITLE ?? 'Azure Voting App',
        `<button>${process.env.VOTE1VALUE ?? 'Cats'}</button>\n<button>${process.env.VOTE2VALUE ?? 'Dogs'}</button>`,
      ),
    greeting: () => 'spawned uWSGI worker 1 (pid: 1, cores: 1)',
  },
  kubia: {
    interpreted: true,
    plainLog: true,
    answer(_r, { process, tag, state }) {
      if (tag === 'v3' && state.requests > 5)
        return text(`Some internal error has occurred! This is pod ${process.hostname}\n`, 500)
      return text(
        tag === 'latest' ? `You've hit ${process.hostname}\n` : `This is ${tag} running in pod ${process.hostname}\n`,
      )
    },
    greeting: () => 'Kubia server starting...',
    log: r => `Received request from ::ffff:${r.remote.ip}`,
  },
  'echo-server': {
    port: (p, port) => Number(p.env.PORT ?? port),
    answer: (r, { process }) =>
      text(
        `Request served by ${process.hostname}\n\n${r.method} ${r.target} HTTP/1.1\n\n${[...r.headers].map(([k, v]) => `${capital(k)}: ${v}\n`).join('')}\n${r.body}`,
      ),
    greeting: port => `Echo server listening on port ${port}.`,
    log: r => `${r.remote.ip}:${r.remote.port} | ${r.method} ${r.target}`,
  },
  'json-echo': {
    interpreted: true,
    port: (p, port) => Number(p.env.PORT ?? p.env.HTTP_PORT ?? port),
    answer: (r, { process }) =>
      json({
        host: { hostname: r.headers.get('host') ?? '', ip: r.remote.ip },
        http: { method: r.method, originalUrl: r.target, protocol: 'http' },
        request: { query: Object.fromEntries(r.query), headers: headersOf(r), body: r.body },
        os: { hostname: process.hostname },
      }),
    greeting: port => `Listening on port ${port}.`,
  },
  httpbin: { interpreted: true, answer: httpbin, style: gunicorn('19.9.0', 'gevent') },
  'go-httpbin': {
    port: (p, port) => Number(flag(p, 'port') ?? p.env.PORT ?? port),
    answer: httpbin,
    greeting: port => `go-httpbin listening on http://0.0.0.0:${port}`,
  },
  goproxy: {
    answer(r, { process }, respond) {
      const target = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(r.target)
      if (!target) return text('This is a proxy server. Does not respond to non-proxy requests.\n', 500)
      const [, host = '', port = '80', path = '/'] = target
      const ip = resolveHost(process, host).ips[0]
      if (!ip) return text(`dial tcp: lookup ${host}: no such host\n`, 500)
      httpGet(
        process.clock,
        process.net,
        { ip, port: Number(port), path, scheme: 'HTTP', headers: [] },
        30_000,
        result => respond(result.ok ? text(result.body ?? '', result.status) : text(`${result.error}\n`, 500)),
      )
      return undefined
    },
  },
  ...TUTORIALS,
  ...DEMOS,
  'resource-consumer': resourceConsumer,
  'tcp-echo': tcpEcho,
  ...SHOPS,
  wordpress,
}

export async function serve(process: Process, name: string, defaultPort: number, tag: string): Promise<number> {
  const behaviour = BEHAVIOURS[name]!
  const port = behaviour.port?.(process, defaultPort) ?? defaultPort
  const address = behaviour.address?.(process) ?? ''
  const answering: Answering = {
    process,
    tag,
    state: { healthy: true, ready: true, requests: 0, since: process.clock.now() },
  }
  process.memory = 6_000_000
  const dated = (line: string): string => {
    if (behaviour.plainLog) return `${line}\n`
    const now = new Date(process.clock.now()).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')
    return `${now} ${line}\n`
  }
  const log = (line: string): void => void process.fds[1]?.write(process, dated(line))
  const { style } = behaviour
  const say = (lines: readonly string[]): void => {
    if (lines.length) void process.fds[2]?.write(process, lines.map(line => `${line}\n`).join(''))
  }
  const refusal = behaviour.refuses?.(process)
  if (refusal !== undefined) {
    await process.write(2, `${refusal}\n`)
    return 2
  }
  if (behaviour.instead) return behaviour.instead(process)
  const delay = behaviour.delayMs?.(process) ?? 0
  if (delay > 0) await process.sleep(delay)
  if (behaviour.startMs) await process.compute(behaviour.startMs)
  try {
    if (behaviour.grpc) process.net.listen('TCP', port, answerGrpcHealth, address)
    else
      serveHttp(process, {
        port,
        ...(address ? { address } : {}),
        go: !behaviour.interpreted,
        ...(style?.server ? { server: style.server } : {}),
        ...(behaviour.cpuMs ? { cpuMs: behaviour.cpuMs } : {}),
        handle(request, respond) {
          answering.state.requests++
          if (behaviour.log) log(behaviour.log(request, process))
          const reply = (response: HttpResponse): void => {
            const line = style?.access?.(request, response, process)
            if (line !== undefined) void process.fds[style!.accessTo ?? 1]?.write(process, `${line}\n`)
            respond(response)
          }
          const answer = behaviour.answer(request, answering, reply)
          if (answer) reply(answer)
          else if (request.path === '/panic') process.kill(process.pid, 'USR2')
        },
      })
  } catch {
    await process.write(2, `listen tcp ${address}:${port}: bind: address already in use\n`)
    return 1
  }
  if (behaviour.greeting) log(behaviour.greeting(port, address, process, tag))
  if (style) say(style.ready(process, port))
  behaviour.listening?.(process)
  process.on('USR2', () => process.exit(255))
  process.on('TERM', () => {
    say(style?.stopping?.(process) ?? [])
    process.exit(0)
  })
  return forever(process)
}
