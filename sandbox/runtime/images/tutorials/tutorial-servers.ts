/** Small servers that books, courses and examples of other projects deploy. */
import { resolveHost } from '../../commands/network/resolve.ts'
import { flask, gunicorn } from './log-styles.ts'
import { type Behaviour, capital, html, text } from './small-server.ts'

const STORE = '/var/data/kubia.txt'

/** Whether it is time to fail: so many answers well, and no more. */
const GOOD_REQUESTS = 5

/** How long the documentation's example for liveness probes is well. */
const WELL_SECONDS = 10

/** How long that of a Chinese course is well. */
const HELLO_WELL_SECONDS = 15

export const TUTORIALS: Readonly<Record<string, Behaviour>> = {
  'echo-server-kicbase': {
    port: (p, port) => Number(p.env.PORT ?? port),
    answer: (r, { process }) =>
      text(
        `Request served by ${process.hostname}\n\nHTTP/1.1 ${r.method} ${r.target}\n\n${[...r.headers].map(([k, v]) => `${capital(k)}: ${v}\n`).join('')}${r.body && `\n${r.body}`}`,
      ),
    plainLog: true,
    greeting: port => `Echo server listening on port ${port}.`,
    log: r => `${r.remote.ip}:${r.remote.port} | ${r.method} ${r.target}`,
  },
  server: {
    answer(r, { process, state }) {
      const seconds = (process.clock.now() - state.since) / 1000
      if (r.path !== '/healthz') return text(new Date(state.since).toISOString())
      return seconds > WELL_SECONDS ? text(`error: ${seconds}`, 500) : text('ok')
    },
    plainLog: true,
  },
  'test-webserver': {
    answer(r, { process: { fs } }) {
      if (!fs.exists(r.path)) return text('404 page not found\n', 404)
      if (fs.stat(r.path).type !== 'directory') return text(fs.readFile(r.path))
      return text(
        `<pre>\n${fs
          .readdir(r.path)
          .map(name => `<a href="${name}">${name}</a>\n`)
          .join('')}</pre>\n`,
        200,
        'text/html; charset=utf-8',
      )
    },
  },
  'kubia-unhealthy': {
    interpreted: true,
    plainLog: true,
    answer: (_r, { process, state }) =>
      state.requests > GOOD_REQUESTS
        ? text("I'm not well. Please restart me!", 500)
        : text(`You've hit ${process.hostname}\n`),
    greeting: () => 'Kubia server starting...',
    log: r => `Received request from ::ffff:${r.remote.ip}`,
  },
  'kubia-pet': {
    interpreted: true,
    plainLog: true,
    answer(r, { process }) {
      const { fs } = process
      if (r.method === 'POST') {
        fs.mkdir('/var/data', { recursive: true })
        fs.writeFile(STORE, r.body)
        return text(`Data stored on pod ${process.hostname}\n`)
      }
      const data = fs.exists(STORE) ? fs.readFile(STORE) : 'No data posted yet'
      if (r.path === '/data') return text(data)
      return text(`You've hit ${process.hostname}\nData stored on this pod: ${data}\n`)
    },
    log: r => (r.method === 'POST' ? 'New data has been received and stored.' : `Received request from ${r.remote.ip}`),
  },
  'rollouts-demo': {
    answer(r, { tag }) {
      const color = tag.replace(/^(bad|slow)-/, '')
      if (r.path !== '/color') return html('Argo Rollouts Demo', '<h1>Argo Rollouts Demo</h1>')
      return tag.startsWith('bad-') ? text(`"${color}"`, 500) : text(`"${color}"`)
    },
    plainLog: true,
    greeting: port => `Started server on :${port}`,
  },
  'helloworld-istio': {
    interpreted: true,
    plainLog: true,
    answer: (_r, { process }) =>
      text(`Hello version: ${process.env.SERVICE_VERSION ?? 'v1'}, instance: ${process.hostname}\n`),
    greeting: port => ` * Running on http://0.0.0.0:${port}`,
  },
  vote: {
    interpreted: true,
    plainLog: true,
    answer: (_r, { process }) =>
      html(
        `${process.env.OPTION_A ?? 'Cats'} vs ${process.env.OPTION_B ?? 'Dogs'}!`,
        `<h3>${process.env.OPTION_A ?? 'Cats'} vs ${process.env.OPTION_B ?? 'Dogs'}!</h3>\n<p>Processed by container ID ${process.hostname}</p>`,
      ),
    style: gunicorn('20.1.0'),
  },
  result: {
    interpreted: true,
    plainLog: true,
    port: (p, port) => Number(p.env.PORT ?? port),
    answer: () => html('Cats vs Dogs -- Result', '<p>No votes yet</p>'),
    greeting: port => `App running on port ${port}`,
  },
  'webapp-conntest': {
    interpreted: true,
    plainLog: true,
    answer(r, { process }) {
      const host = r.query.get('host')
      if (!host) return html('Connectivity Test', '<h1>Connectivity Test</h1>')
      return text(resolveHost(process, host).ips.length ? `${host} is found\n` : `${host}: Name or service not known\n`)
    },
    style: flask(),
  },
  ecommerce: {
    interpreted: true,
    plainLog: true,
    answer: (_r, { tag }) => html('KodeKloud', `<h1>${tag.toUpperCase()}</h1>`),
    style: flask(),
  },
  'simple-webapp': {
    interpreted: true,
    plainLog: true,
    answer: (r, { process, state }) => {
      if (r.path === '/crash' || r.path === '/freeze') state.ready = false
      if (r.path === '/ready' && !state.ready) return text('Message from the application: I am not ready!', 500)
      return html('Hello from Flask', `<h1>Hello from ${process.hostname}!</h1>`)
    },
    style: flask(),
  },
  'bmuschko-node': {
    interpreted: true,
    plainLog: true,
    answer: () => text('Hello World'),
    greeting: () => 'Magic happens on port 3000',
  },
  kiada: {
    interpreted: true,
    plainLog: true,
    answer: (r, { process, tag }) =>
      text(
        `Kiada version ${tag}. Request processed by "${process.hostname}". Client IP: ::ffff:${r.remote.ip}\n`,
        200,
        'text/plain',
      ),
    greeting: (port, _address, { hostname }, tag) =>
      `Kiada - Kubernetes in Action Demo Application\n---------------------------------------------\nKiada ${tag} starting...\nLocal hostname is ${hostname}\nListening on port ${port}`,
    log: r => `Received request for ${r.target} from ::ffff:${r.remote.ip}`,
  },
  'k8s-demo': {
    interpreted: true,
    plainLog: true,
    answer: r =>
      r.path === '/' ? text('Hello World!', 200, 'text/html; charset=utf-8') : text(`Cannot GET ${r.path}\n`, 404),
    greeting: port => `Example app listening at http://:::${port}`,
  },
  'training-webapp': {
    interpreted: true,
    plainLog: true,
    port: (p, port) => Number(p.env.PORT ?? port),
    style: flask(),
    answer: (_r, { process }) => text(`Hello ${process.env.PROVIDER ?? 'world'}!`, 200, 'text/html; charset=utf-8'),
  },
  'webapp-delayed-start': {
    interpreted: true,
    plainLog: true,
    delayMs: p => Number(p.env.APP_START_DELAY ?? 0) * 1000,
    style: flask(),
    answer(r, { process, state }) {
      if (r.path === '/crash' || r.path === '/freeze') state.ready = state.healthy = false
      if (r.path === '/ready') return state.ready ? text('Message from the application: I am ready!') : text('', 500)
      if (r.path === '/live') return state.healthy ? text('Message from the application: I am alive!') : text('', 500)
      return html('Hello from Flask', `<h1>Hello from ${process.hostname}!</h1>`)
    },
  },
  hellok8s: {
    answer(r, { process: { env, hostname, clock }, tag, state }) {
      if (r.path === '/healthz' && tag === 'bad') return text('', 500)
      if (r.path === '/healthz' && tag === 'liveness') {
        const seconds = (clock.now() - state.since) / 1000
        return seconds > HELLO_WELL_SECONDS ? text(`error: ${seconds}`, 500) : text('ok')
      }
      const said: Readonly<Record<string, string>> = {
        v1: '[v1] Hello, Kubernetes!',
        v3: `[v3] Hello, Kubernetes!, From host: ${hostname}`,
        v4: `[v4] Hello, Kubernetes! From host: ${hostname}, Get Database Connect URL: ${env.DB_URL ?? ''}`,
        v5: `[v5] Hello, Kubernetes! From host: ${hostname}, Get Database Connect Password: ${env.DB_PASSWORD ?? ''}`,
        v6: `[v6] Hello, Helm! Message from helm values: ${env.MESSAGE ?? ''}, From namespace: ${env.NAMESPACE ?? ''}, From host: ${hostname}, Get Database Connect URL: ${env.DB_URL ?? ''}, Database Connect Password: ${env.DB_PASSWORD ?? ''}`,
      }
      return text(said[tag] ?? '[v2] Hello, Kubernetes!')
    },
  },
  k8sbook: {
    interpreted: true,
    plainLog: true,
    answer: (_r, { process }) => html('K8s rocks!', `<h1>Kubernetes Rocks!</h1>\n<p>${process.hostname}</p>`),
    greeting: () => 'Webserver started',
  },
  aspnetapp: {
    interpreted: true,
    plainLog: true,
    answer: (r, { process }) =>
      r.path === '/healthz'
        ? text('Healthy')
        : html('Home page - aspnetapp', `<h1>Welcome to .NET</h1>\n<p>${process.hostname}</p>`),
    greeting: port => `info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://[::]:${port}`,
  },
}
