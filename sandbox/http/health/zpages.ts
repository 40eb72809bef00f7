/** /statusz and /flagz: how long the API server has been up, and by which flags it was started, for people and for programs. */
import type { ApiServer } from '../../api/server.ts'
import { part } from '../../parts.ts'
import { answer } from '../context.ts'
import { accepted, accepts, onlyThese } from '../encoding/negotiate.ts'
import { type ApiRequest, type ApiResponse, reply } from '../exchange.ts'

const flags = part('the flags of the API server', () => import('./api-server-flags.ts'))

const TEXT = 'text/plain'
const MADE = ['application/json', 'application/yaml', TEXT]
const VERSIONS = ['v1beta1', 'v1alpha1']
const GROUP = 'config.k8s.io'
const WARNING =
  'Warning: This endpoint is not meant to be machine parseable, has no formatting compatibility guarantees and is for debugging purposes only.'
const PATHS = ['/flagz', '/healthz', '/livez', '/metrics', '/readyz', '/statusz', '/version']

interface Page {
  kind: 'Statusz' | 'Flagz'
  /** In lines, below the heading; a promise where it is loaded first. */
  lines(): string | Promise<string>
  fields(): object | Promise<object>
}

interface Version {
  goVersion: string
  gitVersion: string
  major: string
  minor: string
}

function statusz(server: ApiServer, { goVersion, gitVersion, major, minor }: Version): Page {
  // The system's namespaces are the first that it makes.
  const began = server.context.find('namespaces', '', 'kube-system')?.metadata.creationTimestamp
  const startTime = began ?? server.clock.timestamp()
  const uptimeSeconds = Math.floor((server.clock.now() - Date.parse(startTime)) / 1000)
  const told = { goVersion, binaryVersion: gitVersion.slice(1), emulationVersion: `${major}.${minor}` }
  return {
    kind: 'Statusz',
    fields: () => ({ startTime, uptimeSeconds, ...told, paths: PATHS }),
    lines() {
      const [day, date, month, year, clock] = new Date(startTime).toUTCString().replace(',', '').split(' ')
      const two = (n: number): string => String(Math.floor(n)).padStart(2, '0')
      const up = `${Math.floor(uptimeSeconds / 3600)} hr ${two((uptimeSeconds % 3600) / 60)} min ${two(uptimeSeconds % 60)} sec`
      return `
Started: ${day} ${month} ${date!.replace(/^0/, ' ')} ${clock} UTC ${year}
Up: ${up}
Go version: ${told.goVersion}
Binary version: ${told.binaryVersion}
Emulation version: ${told.emulationVersion}
Paths: ${PATHS.join(' ')}
`
    },
  }
}

const flagz: Page = {
  kind: 'Flagz',
  async lines() {
    await flags.load()
    return `${flags.now.FLAGS}\n`
  },
  async fields() {
    await flags.load()
    const pairs = flags.now.FLAGS.split('\n').map(line => [
      line.slice(0, line.indexOf('=')),
      line.slice(line.indexOf('=') + 1),
    ])
    return { flags: Object.fromEntries(pairs) }
  },
}

/** Undefined where the path is none of these. @throws NotAcceptable */
export function zpage(server: ApiServer, path: string, request: ApiRequest, version: Version): ApiResponse | undefined {
  const page = path === '/statusz' ? statusz(server, version) : path === '/flagz' ? flagz : undefined
  if (!page) return undefined
  const { accept } = request.headers
  const asked = accepted(accept, ({ as, g, v }) => as === page.kind && g === GROUP && VERSIONS.includes(v ?? ''))
  if (accept && asked) return structured(page, asked.params.v!, asked.type)
  if (!accepts(accept, [TEXT])) throw onlyThese(MADE)
  const heading = `\napiserver ${page.kind.toLowerCase()}\n${WARNING}\n`
  const lines = page.lines()
  const text = typeof lines === 'string' ? heading + lines : lines.then(told => heading + told)
  return reply(200, 'text/plain; charset=utf-8', text)
}

function structured({ kind, fields }: Page, version: string, type: string): ApiResponse {
  const whole = (rest: object): ApiResponse =>
    answer({ kind, apiVersion: `${GROUP}/${version}`, metadata: { name: 'apiserver' }, ...rest }, type === MADE[1])
  const rest = fields()
  const body =
    rest instanceof Promise ? rest.then(async found => whole(found).body as string | Promise<string>) : whole(rest).body
  const warnings =
    version === VERSIONS[0]
      ? []
      : [`This version of the ${kind.toLowerCase()} endpoint is deprecated. Please use a newer version.`]
  return { ...reply(200, `${type};g=${GROUP};v=${version};as=${kind}`, body), warnings }
}
