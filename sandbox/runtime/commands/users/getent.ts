/** `getent`: what the system's databases say of a key, names of hosts among them. */
import type { Process } from '../../processes/process.ts'
import { type Call, type Command, print, Refusal } from '../command.ts'
import { reverseName } from '../network/dns-reply.ts'
import { ask, candidates, hostsFile, lookupHost, usesMusl } from '../network/resolve.ts'

const [NO_SUCH_DATABASE, NO_SUCH_KEY] = [1, 2]

/** Databases that are files, and which of their fields are keys beside the first. */
const FILES: Readonly<Record<string, { numberAt?: number; separator: RegExp }>> = {
  passwd: { numberAt: 2, separator: /:/ },
  group: { numberAt: 2, separator: /:/ },
  shadow: { separator: /:/ },
  gshadow: { separator: /:/ },
  services: { separator: /\s+/ },
  protocols: { numberAt: 1, separator: /\s+/ },
  networks: { separator: /\s+/ },
}

export const getent: Command = async call => {
  const [database = '', ...keys] = call.args
  if (database === 'hosts') return keys.length ? eachKey(keys, key => hosts(call, key)) : allHosts(call)
  if (database.startsWith('ahosts') && !usesMusl(call.process))
    return eachKey(keys, key => addresses(call, key, database.slice('ahosts'.length)))
  const file = FILES[database]
  if (!file) {
    if (usesMusl(call.process)) throw new Refusal(`${database}: not simulated`)
    await call.process.write(2, `Unknown database: ${database}\n`)
    await print(call, "Try `getent --help' or `getent --usage' for more information.\n")
    return NO_SUCH_DATABASE
  }
  const path = `/etc/${database}`
  const lines = call.process.fs.exists(path) ? call.process.fs.readFile(path).split('\n').filter(Boolean) : []
  if (!keys.length) return print(call, lines.map(line => `${line}\n`).join('')).then(() => 0)
  return eachKey(keys, async key => {
    const found = lines.find(line => {
      const fields = line.split(file.separator)
      return fields[0] === key || (file.numberAt !== undefined && /^\d+$/.test(key) && fields[file.numberAt] === key)
    })
    if (found !== undefined) await print(call, `${found}\n`)
    return found !== undefined
  })
}

async function eachKey(keys: readonly string[], tell: (key: string) => Promise<boolean>): Promise<number> {
  let code = 0
  for (const key of keys) if (!(await tell(key))) code = NO_SUCH_KEY
  return code
}

const isSix = (ip: string): boolean => ip.includes(':')

interface Host {
  ip: string
  names: readonly string[]
}

/** One line as the C library's tool prints it. That of musl gives the first name again as an alias. */
function line(process: Process, { ip, names }: Host): string {
  if (!usesMusl(process)) return `${ip.padEnd(15)} ${names.join(' ')}\n`
  return `${ip.padEnd(16)}  ${names[0]}  ${names.join(' ')}\n`
}

async function allHosts(call: Call): Promise<number> {
  // The file is read for addresses of version 4, as which the other loopback address counts.
  const rows = hostsFile(call.process).filter(({ ip }) => !isSix(ip) || ip === '::1')
  const text = rows.map(row => line(call.process, { ...row, ip: isSix(row.ip) ? '127.0.0.1' : row.ip })).join('')
  await print(call, text)
  return 0
}

async function hosts(call: Call, key: string): Promise<boolean> {
  const { process } = call
  const rows = hostsFile(process)
  const found: Host[] = []
  const reverse = reverseName(key)
  if (reverse || isSix(key)) {
    const row = rows.find(({ ip }) => ip === key)
    const name = row ? undefined : reverse && ask(process, reverse, 'PTR')
    if (row) found.push(row)
    else if (Array.isArray(name) && name[0]) found.push({ ip: key, names: [name[0]] })
  } else {
    const named = rows.filter(({ names }) => names.includes(key))
    const six = named.filter(({ ip }) => isSix(ip))
    found.push(...(six.length ? six : named))
    // Addresses of version 6 are asked for first, and who does not answer does not answer twice.
    if (!found.length) found.push(...(await fromServers(process, key, usesMusl(process) ? 1 : 2)))
  }
  await print(call, found.map(host => line(process, host)).join(''))
  return found.length > 0
}

/** @param times how often it is asked where nobody answers */
async function fromServers(process: Process, key: string, times: number): Promise<Host[]> {
  for (let n = 0; n < times; n++) {
    const answer = await lookupHost(process, key)
    if (answer.silent) continue
    const alias = candidates(process, key).find(name => name === answer.name && ask(process, name, 'CNAME')?.length)
    const canonical = alias && ask(process, alias, 'CNAME')
    const names = alias && Array.isArray(canonical) ? [canonical[0] as string, alias] : [answer.name]
    const short = usesMusl(process) && !names.includes(key) ? [key] : []
    return answer.ips.map(ip => ({ ip, names: [...names, ...short] }))
  }
  return []
}

/** @param family '', 'v4' or 'v6' */
async function addresses(call: Call, key: string, family: string): Promise<boolean> {
  const { process } = call
  const named = hostsFile(process).filter(({ names }) => names.includes(key))
  const sorted = [...named.filter(({ ip }) => isSix(ip)), ...named.filter(({ ip }) => !isSix(ip))]
  const answer = sorted.length
    ? { name: sorted[0]!.names[0]!, ips: sorted.map(({ ip }) => ip) }
    : await lookupHost(process, key)
  const ips = answer.ips.filter(ip => !family || isSix(ip) === (family === 'v6'))
  const rows = ips.flatMap((ip, i) =>
    ['STREAM', 'DGRAM', 'RAW'].map((type, j) => `${ip.padEnd(15)} ${type.padEnd(6)} ${i || j ? '' : answer.name}\n`),
  )
  await print(call, rows.join(''))
  return rows.length > 0
}
