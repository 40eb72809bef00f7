/** Servers that answer every request with a line or two: what tutorials deploy. */
import type { Process, Program } from '../process.ts'
import { forever, type HttpRequest, type HttpResponse, serveHttp } from '../serving.ts'
import { alpineBase, type Base, executable, type Image, PATH, scratch } from './image.ts'

interface SmallServer {
  name: string
  repositories: readonly string[]
  tags: RegExp
  megabytes: number
  port(process: Process): number
  /** The address it listens on, when not all. */
  address?(process: Process): string
  answer(request: HttpRequest, process: Process): HttpResponse
  /** What it logs when it listens. */
  greeting?(port: number, address: string): string
  log?(request: HttpRequest): string
  cpuMs?: number
  base?: Base
  path?: string
  ports: readonly number[]
}

const text = (body: string, status = 200, type = 'text/plain; charset=utf-8'): HttpResponse => ({
  status,
  headers: { 'Content-Type': type },
  body,
})

const flag = (process: Process, name: string): string | undefined => {
  for (const [i, word] of process.argv.entries()) {
    if (word === `-${name}` || word === `--${name}`) return process.argv[i + 1]
    const match = new RegExp(`^--?${name}=(.*)$`, 's').exec(word)
    if (match) return match[1]
  }
  return undefined
}

const headerLines = (request: HttpRequest): string => [...request.headers].map(([k, v]) => `${k}=${v}`).join('\n')

const SERVERS: readonly SmallServer[] = [
  {
    name: 'hello-app',
    repositories: ['gcr.io/google-samples/hello-app', 'us-docker.pkg.dev/google-samples/containers/gke/hello-app'],
    tags: /^[12]\.0$/,
    megabytes: 5,
    ports: [8080],
    port: p => Number(p.env.PORT ?? 8080),
    answer: (_r, p) => text(`Hello, world!\nVersion: ${p.env.VERSION ?? '1.0.0'}\nHostname: ${p.hostname}\n`),
    greeting: port => `Server listening on port ${port}`,
    log: r => `Serving request: ${r.path}`,
  },
  {
    name: 'http-echo',
    repositories: ['docker.io/hashicorp/http-echo'],
    tags: /^(latest|alpine|0\.\d\.\d|1\.0(\.0)?)$/,
    megabytes: 4,
    ports: [5678],
    port: p => Number((flag(p, 'listen') ?? ':5678').split(':').pop()),
    address: p => (flag(p, 'listen') ?? '').replace(/:\d+$/, '').replace('localhost', '127.0.0.1'),
    answer: (_r, p) => text(`${flag(p, 'text') ?? p.env.ECHO_TEXT ?? ''}\n`),
    greeting: (port, address) => `[INFO] server is listening on ${address}:${port}`,
  },
  {
    name: 'echoserver',
    repositories: [
      'registry.k8s.io/echoserver',
      'k8s.gcr.io/echoserver',
      'gcr.io/google_containers/echoserver',
      'registry.k8s.io/e2e-test-images/echoserver',
    ],
    tags: /^(1\.\d+|2\.\d)$/,
    megabytes: 45,
    ports: [8080],
    base: alpineBase(),
    port: () => 8080,
    answer: (r, p) =>
      text(
        `\n\nHostname: ${p.hostname}\n\nPod Information:\n\t-no pod information available-\n\nServer values:\n\tserver_version=nginx: 1.14.2 - lua: 10015\n\nRequest Information:\n\tclient_address=${r.remote.ip}\n\tmethod=${r.method}\n\treal path=${r.target}\n\tquery=${r.target.split('?')[1] ?? ''}\n\trequest_version=1.1\n\trequest_uri=http://${r.headers.get('host') ?? ''}:8080${r.target}\n\nRequest Headers:\n\t${headerLines(r).replaceAll('\n', '\n\t')}\n\nRequest Body:\n\t${r.body || '-no body in request-'}\n\n`,
      ),
  },
  {
    name: 'whoami',
    repositories: ['docker.io/traefik/whoami', 'docker.io/containous/whoami'],
    tags: /^(latest|v1\.\d+(\.\d)?)$/,
    megabytes: 3,
    ports: [80],
    port: p => Number(flag(p, 'port') ?? p.env.WHOAMI_PORT_NUMBER ?? 80),
    answer: (r, p) =>
      text(
        `Hostname: ${p.hostname}\nIP: 127.0.0.1\n${p.net.ips.map(ip => `IP: ${ip}\n`).join('')}RemoteAddr: ${r.remote.ip}:${r.remote.port}\n${r.method} ${r.target} HTTP/1.1\n${[...r.headers].map(([k, v]) => `${k.replace(/(^|-)\w/g, c => c.toUpperCase())}: ${v}\n`).join('')}\n`,
      ),
    greeting: port => `Starting up on port ${port}`,
  },
  {
    name: 'kuard',
    repositories: ['gcr.io/kuar-demo/kuard-amd64'],
    tags: /^(1|2|3|blue|green|purple)$/,
    megabytes: 12,
    ports: [8080],
    base: alpineBase(),
    port: () => 8080,
    answer: (r, p) =>
      r.path === '/healthy' || r.path === '/ready'
        ? text('ok')
        : r.path === '/'
          ? text(
              `<html><title>KUAR Demo</title><body><h1>Demo application version v0.8.1-1</h1><p>${p.hostname}</p></body></html>\n`,
              200,
              'text/html',
            )
          : r.path === '/env/api'
            ? text(JSON.stringify({ commandLine: p.argv, env: p.env }), 200, 'application/json')
            : text('404 page not found\n', 404),
    greeting: port => `Serving on HTTP on :${port}`,
    log: r => `${r.remote.ip}:${r.remote.port} ${r.method} ${r.target}`,
  },
  {
    name: 'kubernetes-bootcamp',
    repositories: ['gcr.io/google-samples/kubernetes-bootcamp', 'docker.io/jocatalin/kubernetes-bootcamp'],
    tags: /^(v1|v2|latest)$/,
    megabytes: 80,
    ports: [8080],
    base: alpineBase(),
    port: () => 8080,
    answer: (_r, p) => text(`Hello Kubernetes bootcamp! | Running on: ${p.hostname} | v=1\n`, 200, 'text/plain'),
    greeting: () => 'Kubernetes Bootcamp App Started',
    log: r => `Running On: ${r.remote.ip}`,
  },
  {
    name: 'hpa-example',
    repositories: ['registry.k8s.io/hpa-example', 'k8s.gcr.io/hpa-example'],
    tags: /^latest$/,
    megabytes: 160,
    ports: [80],
    base: alpineBase(),
    cpuMs: 60,
    port: () => 80,
    answer: () => text('OK!', 200, 'text/html'),
  },
]

const program =
  (server: SmallServer): Program =>
  async process => {
    const port = server.port(process)
    const address = server.address?.(process) ?? ''
    process.memory = 6_000_000
    const log = (line: string): void =>
      void process.fds[1]?.write(
        process,
        `${new Date(process.clock.now()).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')} ${line}\n`,
      )
    try {
      serveHttp(process, {
        port,
        ...(address ? { address } : {}),
        ...(server.cpuMs ? { cpuMs: server.cpuMs } : {}),
        handle(request, respond) {
          if (server.log) log(server.log(request))
          respond(server.answer(request, process))
        },
      })
    } catch {
      await process.write(2, `listen tcp ${address}:${port}: bind: address already in use\n`)
      return 1
    }
    if (server.greeting) log(server.greeting(port, address))
    process.on('TERM', () => process.exit(0))
    return forever(process)
  }

export const smallServers: readonly Image[] = SERVERS.map(server => ({
  repositories: server.repositories,
  tags: server.tags,
  megabytes: server.megabytes,
  entrypoint: [`/${server.name}`],
  env: { PATH },
  exposedPorts: server.ports,
  base: server.base ?? scratch,
  files: root => executable(root, `/${server.name}`, server.name),
  programs: { [server.name]: program(server) },
}))
