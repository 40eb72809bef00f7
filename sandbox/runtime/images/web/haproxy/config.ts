/** haproxy.cfg: its sections, and the alerts that haproxy raises about them. */
import { readKeyword } from './keywords.ts'
import { type Complaint, type Config, empty, type Proxy as Section } from './section.ts'
import { words } from './words.ts'

const HARMLESS_GLOBAL =
  /^(maxconn|daemon|user|group|uid|gid|chroot|pidfile|nbthread|nbproc|cpu-map|master-worker|ulimit-n|node|description|stats|quiet|debug|log-tag|log-send-hostname|ca-base|crt-base|spread-checks|hard-stop-after|lua-[\w-]+|ssl-[\w-]+|tune\.[\w.-]+|no|presetenv|setenv|external-check|insecure-[\w-]+|expose-experimental-directives|zero-warning|noreuseport|set-dumpable|fd-hard-limit|server-state-(base|file)|thread-groups|h1-[\w-]+)$/

const SECTIONS =
  /^(global|defaults|frontend|backend|listen|resolvers|peers|userlist|mailers|program|cache|ring|http-errors|fcgi-app|log-forward|crt-store|traces)$/

/** Reads a file; the complaints of level ALERT make it unusable. */
export function readConfig(text: string, file: string): { config: Config; complaints: Complaint[] } {
  const complaints: Complaint[] = []
  const proxies: Section[] = []
  let defaults = empty('defaults', '', 0)
  let section = ''
  let current: Section | undefined
  let logTo: 1 | 2 | undefined
  const lines = text.split('\n')
  const alert = (line: number, what: string): undefined => {
    complaints.push({
      level: 'ALERT',
      text: `config : parsing [${file}:${line}] : ${what.replace('[FILE:', `[${file}:`)}`,
    })
  }
  const read = (raw: string, line: number): undefined => {
    const [first = '', ...args] = words(raw)
    if (!first) return undefined
    if (SECTIONS.test(first)) {
      section = first
      current = undefined
      if (first === 'defaults') current = defaults = empty('defaults', args[0] ?? '', line)
      else if (first === 'frontend' || first === 'backend' || first === 'listen') {
        if (!args[0]) return alert(line, `'${first}' expects an <id> argument`)
        // The rest of what a section has belongs to it alone.
        current = { ...structure(defaults), kind: first, name: args[0], line }
        proxies.push(current)
      } else if (!/^(global|resolvers|peers|mailers)$/.test(first)) alert(line, `section '${first}' is not simulated.`)
      return undefined
    }
    if (section === 'global') {
      const [where = ''] = args
      if (first === 'log')
        logTo = where === 'stdout' || where === 'fd@1' ? 1 : where === 'stderr' || where === 'fd@2' ? 2 : logTo
      else if (!HARMLESS_GLOBAL.test(first)) alert(line, `unknown keyword '${first}' in 'global' section`)
      return undefined
    }
    if (!section) return alert(line, `unknown keyword '${first}' out of section.`)
    if (!current) return undefined
    readKeyword(current, first, args, line, alert)
    if (first === 'log') logTo ??= args[0] === 'stdout' ? 1 : args[0] === 'stderr' ? 2 : undefined
  }
  for (const [i, raw] of lines.entries()) read(raw, i + 1)
  if (text && !text.endsWith('\n'))
    complaints.push({
      level: 'ALERT',
      text: `config : parsing [${file}:${lines.length}]: Missing LF on last line, file might have been truncated at position ${lines.at(-1)!.length + 1}.`,
    })
  checkWhole(proxies, file, complaints)
  return { config: { proxies, ...(logTo && { logTo }) }, complaints }
}

const structure = (defaults: Section): Section => ({ ...defaults, acls: new Map(), binds: [], servers: [] })

/** What can only be said once all sections are known. */
function checkWhole(proxies: readonly Section[], file: string, complaints: Complaint[]): void {
  const backends = new Set(proxies.filter(({ kind }) => kind !== 'frontend').map(({ name }) => name))
  for (const proxy of proxies) {
    const { name, kind, line, defaultBackend, switches, timeouts } = proxy
    const lost = (what: string): void =>
      void complaints.push({ level: 'ALERT', text: `config : Proxy '${name}': ${what}` })
    if (defaultBackend && kind !== 'backend' && !backends.has(defaultBackend.name))
      lost(`unable to find required default_backend: '${defaultBackend.name}'.`)
    for (const { backend } of switches)
      if (!backends.has(backend)) lost(`unable to find required use_backend: '${backend}'.`)
    const twin = proxies.find(other => other !== proxy && other.name === name && other.kind === kind)
    if (twin && twin.line < line)
      complaints.push({
        level: 'ALERT',
        text: `config : parsing [${file}:${line}] : ${kind} '${name}' has the same name as ${kind} '${name}' declared at ${file}:${twin.line}.`,
      })
    const wanted =
      kind === 'frontend' ? ['client'] : kind === 'backend' ? ['connect', 'server'] : ['client', 'connect', 'server']
    if (wanted.some(each => !timeouts[each]) && (proxy.servers.length || kind !== 'backend'))
      complaints.push({
        level: 'WARNING',
        text: `config : missing timeouts for ${kind === 'listen' ? 'proxy' : kind} '${name}'.\n   | While not properly invalid, you will certainly encounter various problems\n   | with such a configuration. To fix this, please ensure that all following\n   | timeouts are set to a non-zero value: 'client', 'connect', 'server'.`,
      })
    if (!proxy.binds.length && kind === 'frontend')
      complaints.push({
        level: 'WARNING',
        text: `config : frontend '${name}' has no 'bind' directive. Please declare it as a backend if this was intended.`,
      })
  }
}
