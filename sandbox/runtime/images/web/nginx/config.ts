/** nginx's configuration, as much of it as manifests use: servers with listen, names, certificates, root, and locations. */
import type { Process } from '../../../process.ts'
import { readGroups, readUpstream, type Upstream } from './proxy.ts'

export interface Location {
  path: string
  exact: boolean
  root?: string
  alias?: string
  answer?: { status: number; text: string }
  /** As it stands there, and what could be read of it. */
  pass?: { text: string; upstream?: Upstream | undefined }
}

export interface Listen {
  address: string
  port: number
  ssl: boolean
}

export interface Server {
  /** Of one port the first server answers whom no name fits. */
  listen: Listen[]
  /** server_name, perhaps with `*` as the first label. */
  names: string[]
  /** Files: ssl_certificate and ssl_certificate_key. */
  certificate?: string | undefined
  key?: string | undefined
  root: string
  index: string[]
  /** Location prefixes that answer by themselves or elsewhere; the first that fits is the one that counts. */
  locations: Location[]
}

/** As much of nginx's configuration as manifests use: servers with listen, root, locations with root, alias, return, proxy_pass. */
export const readConfig = (process: Process): Server[] =>
  configFiles(process).flatMap(({ text }) => [...serversOf(text)])

function configFiles({ fs }: Process): { path: string; text: string }[] {
  const read = (path: string) => ({ path, text: fs.readFile(path) })
  const main = '/etc/nginx/nginx.conf'
  const files = fs.exists(main) ? [read(main)] : []
  if (/include\s+\/etc\/nginx\/conf\.d\//.test(files[0]?.text ?? '') && fs.exists('/etc/nginx/conf.d'))
    for (const name of fs.readdir('/etc/nginx/conf.d'))
      if (name.endsWith('.conf')) files.push(read(`/etc/nginx/conf.d/${name}`))
  return files
}

/** File and line of a proxy_pass, or of a server in a group. */
export function placeOf(process: Process, target: string): string {
  for (const { path, text } of configFiles(process)) {
    const line = text.split('\n').findIndex(l => /^\s*(proxy_pass|server)\s/.test(l) && l.includes(target))
    if (line >= 0) return `${path}:${line + 1}`
  }
  return '/etc/nginx/nginx.conf'
}

/** Thousands of servers have the same configuration. */
const known = new Map<string, readonly Server[]>()

function serversOf(text: string): readonly Server[] {
  let servers = known.get(text)
  if (!servers) {
    if (known.size >= 50) known.clear()
    known.set(text, (servers = parse(text)))
  }
  return servers
}

function parse(text: string): Server[] {
  const servers: Server[] = []
  const clean = text.replace(/#.*$/gm, '')
  const groups = readGroups(clean)
  const common = clean.replace(/\bserver\s*\{[\s\S]*/, '')
  for (const body of blocks(clean, /\bserver\s*\{/g)) {
    const outer = body.replace(/location[^{]*\{[^}]*\}/g, '')
    const server: Server = {
      listen: readListen(outer),
      names: (/\bserver_name\s+([^;]+);/.exec(outer)?.[1] ?? '').trim().split(/\s+/).filter(Boolean),
      certificate: fileOf('ssl_certificate', outer) ?? fileOf('ssl_certificate', common),
      key: fileOf('ssl_certificate_key', outer) ?? fileOf('ssl_certificate_key', common),
      root: /\broot\s+([^;]+);/.exec(outer)?.[1]?.trim() ?? '/etc/nginx/html',
      index: (/\bindex\s+([^;]+);/.exec(outer)?.[1] ?? 'index.html index.htm').trim().split(/\s+/),
      locations: [],
    }
    for (const match of body.matchAll(/location\s+(=\s*|\^~\s*)?(\/\S*)\s*\{([^}]*)\}/g)) {
      const inner = match[3]!
      const returned = /return\s+(\d+)(?:\s+(?:"([^"]*)"|'([^']*)'|([^;]*)))?;/.exec(inner)
      const directive = (name: string): string | undefined =>
        new RegExp(`\\b${name}\\s+([^;]+);`).exec(inner)?.[1]?.trim()
      server.locations.push({
        path: match[2]!,
        exact: match[1]?.startsWith('=') ?? false,
        ...(directive('root') ? { root: directive('root')! } : {}),
        ...(directive('alias') ? { alias: directive('alias')! } : {}),
        ...(directive('proxy_pass')
          ? { pass: { text: directive('proxy_pass')!, upstream: readUpstream(inner, groups) } }
          : {}),
        ...(returned
          ? {
              answer: {
                status: Number(returned[1]),
                text: (returned[2] ?? returned[3] ?? returned[4] ?? '').replaceAll('\\n', '\n'),
              },
            }
          : {}),
      })
    }
    server.locations.sort((a, b) => Number(b.exact) - Number(a.exact) || b.path.length - a.path.length)
    servers.push(server)
  }
  return servers
}

const fileOf = (directive: string, text: string): string | undefined => {
  const path = new RegExp(`\\b${directive}\\s+([^;]+);`).exec(text)?.[1]?.trim()
  return path && !path.startsWith('/') ? `/etc/nginx/${path}` : path
}

/** Ports; one that is asked for by an IPv6 address too is the same. */
function readListen(text: string): Listen[] {
  const listen = new Map<number, Listen>()
  for (const [, asked, options = ''] of text.matchAll(/\blisten\s+([^\s;]+)([^;]*);/g)) {
    const [, address, port = '80'] = /^(?:(\d+(?:\.\d+){3}|localhost)(?::|$)|\S*:)?(\d+)?$/.exec(asked!) ?? []
    const wanted = { address: address === 'localhost' ? '127.0.0.1' : (address ?? '0.0.0.0'), port: Number(port) }
    const ssl = /\bssl\b/.test(options)
    if (!listen.has(wanted.port)) listen.set(wanted.port, { ...wanted, ssl })
  }
  return listen.size ? [...listen.values()] : [{ address: '0.0.0.0', port: 80, ssl: false }]
}

function blocks(text: string, start: RegExp): string[] {
  const out: string[] = []
  for (const match of text.matchAll(start)) {
    let depth = 1
    let i = match.index + match[0].length
    const from = i
    for (; i < text.length && depth; i++) depth += text[i] === '{' ? 1 : text[i] === '}' ? -1 : 0
    out.push(text.slice(from, i - 1))
  }
  return out
}
