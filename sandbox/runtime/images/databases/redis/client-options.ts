/** What redis-cli is started with. */

/** Options of the real one that mean something which is not simulated. */
const UNSIMULATED = new Set(
  '-s -t -2 -3 -X -d -D -e --askpass --tls --cacert --cert --key --json --quoted-input --show-pushes --stat --latency --latency-history --latency-dist --lru-test --replica --rdb --pipe --bigkeys --memkeys --hotkeys --intrinsic-latency --eval --ldb --cluster --verbose --help'.split(
    ' ',
  ),
)

export interface ClientOptions {
  host: string
  port: number
  /** The database that it begins at. */
  index: number
  user?: string
  password?: string
  /** Given where other processes see it. */
  openPassword: boolean
  raw: boolean
  csv: boolean
  /** How often, and with which pause between them in milliseconds; -1 is for ever. */
  repeat: number
  pauseMs: number
  /** The last word of its command is what stands on its input. */
  inputLast: boolean
  /** Lists keys of this pattern. */
  scan?: string
  command: string[]
}

/** @returns what is wrong with the words, where something is */
export function readOptions(
  words: readonly string[],
  raw: boolean,
  password: string | undefined,
): ClientOptions | string {
  const left = [...words]
  let pattern: string | undefined
  const options: ClientOptions = {
    host: '127.0.0.1',
    port: 6379,
    index: 0,
    openPassword: false,
    raw,
    csv: false,
    repeat: 1,
    pauseMs: 0,
    inputLast: false,
    command: left,
    ...(password !== undefined && { password }),
  }
  while (left[0]?.startsWith('-')) {
    const flag = left.shift()!
    const bad = `Unrecognized option or bad number of args for: '${flag}'`
    const value = (): string => {
      const next = left.shift()
      if (next === undefined) throw bad
      return next
    }
    try {
      if (flag === '-h') options.host = value()
      else if (flag === '-p') options.port = portOf(value())
      else if (flag === '-n') options.index = Number(value())
      else if (flag === '-r') options.repeat = Number(value())
      else if (flag === '-i') options.pauseMs = Number(value()) * 1000
      else if (flag === '-a' || flag === '--pass') {
        options.password = value()
        options.openPassword ||= flag === '-a'
      } else if (flag === '--user') options.user = value()
      else if (flag === '-u') readUri(options, value())
      else if (flag === '-x') options.inputLast = true
      else if (flag === '--csv') options.csv = true
      else if (flag === '--scan') options.scan = '*'
      else if (flag === '--pattern') pattern = value()
      else if (flag === '--count') value()
      else if (flag === '--raw' || flag === '--no-raw') options.raw = flag === '--raw'
      else if (flag === '--no-auth-warning') options.openPassword = false
      else if (flag !== '-c') return UNSIMULATED.has(flag) ? `redis-cli: ${flag} is not simulated` : bad
    } catch (error) {
      if (typeof error === 'string') return error
      if (error instanceof URIError) return 'Illegal character in URI encoding'
      throw error
    }
  }
  if (words.includes('--no-auth-warning')) options.openPassword = false
  // Without --scan nothing is listed, whatever the pattern.
  if (options.scan !== undefined && pattern !== undefined) options.scan = pattern
  return options
}

function portOf(text: string): number {
  const port = Number.parseInt(text, 10) || 0
  if (port < 0 || port > 65_535) throw 'Invalid server port.'
  return port
}

/** `redis://user:password@host:port/database` */
function readUri(options: ClientOptions, uri: string): void {
  const [, person, host, port, index] = /^redis:\/\/(?:([^@]*)@)?([^:/]*)(?::(\d+))?(?:\/(\d+))?$/.exec(uri) ?? []
  if (host === undefined) throw 'Invalid URI scheme'
  if (host) options.host = host
  if (port !== undefined) options.port = Number(port)
  if (index !== undefined) options.index = Number(index)
  if (person === undefined) return
  const at = person.indexOf(':')
  options.openPassword = true
  options.password = decodeURIComponent(at < 0 ? person : person.slice(at + 1))
  if (at > 0) options.user = decodeURIComponent(person.slice(0, at))
}
