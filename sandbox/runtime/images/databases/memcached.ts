/** memcached: its text protocol, which one can type, and what it counts. */
import type { Connection } from '../../../network/network.ts'
import { byteLength } from '../../files/tree.ts'
import type { Process } from '../../processes/process.ts'
import type { DaemonServer } from '../daemons/daemon.ts'

interface Item {
  flags: string
  data: string
  /** Virtual milliseconds. */
  expires: number
  /** Changes with each write; `cas` names it. */
  unique: number
}

/** Longer times are dates. */
const THIRTY_DAYS = 30 * 86_400
const MAX_KEY = 250
const MAX_ITEM = 1024 * 1024
/** What an item takes besides its key and its data. */
const OVERHEAD = 48

const STORING = /^(set|add|replace|append|prepend|cas)$/

/** What it is told on its command line: `-m 128`, `--memory-limit=128`. */
interface Options {
  version: string
  megabytes: number
  connections: number
  threads: number
  port: number
}

function readOptions({ argv }: Process, version: string): Options {
  const of = (short: string, long: string, usual: number): number => {
    const at = argv.findIndex(word => word.startsWith(short) || word.startsWith(`${long}=`) || word === long)
    const word = argv[at] ?? ''
    const value = word.startsWith('--')
      ? (word.split('=')[1] ?? argv[at + 1])
      : word.slice(short.length) || argv[at + 1]
    return at < 0 ? usual : Number(value)
  }
  return {
    version,
    megabytes: of('-m', '--memory-limit', 64),
    connections: of('-c', '--conn-limit', 1024),
    threads: of('-t', '--threads', 4),
    port: of('-p', '--port', 11_211),
  }
}

export function memcached(process: Process, version: string): DaemonServer {
  const cache = new Cache(process, readOptions(process, version))
  return { converse: connection => converse(connection, cache) }
}

class Cache {
  readonly #process: Process
  readonly #items = new Map<string, Item>()
  readonly #began: number
  readonly options: Options
  readonly counts = {
    curr_connections: 0,
    total_connections: 0,
    cmd_get: 0,
    cmd_set: 0,
    cmd_flush: 0,
    cmd_touch: 0,
    get_hits: 0,
    get_misses: 0,
    delete_hits: 0,
    delete_misses: 0,
    incr_hits: 0,
    incr_misses: 0,
    decr_hits: 0,
    decr_misses: 0,
    cas_hits: 0,
    cas_misses: 0,
    cas_badval: 0,
    touch_hits: 0,
    touch_misses: 0,
    total_items: 0,
  }
  #unique = 0

  constructor(process: Process, options: Options) {
    this.#process = process
    this.options = options
    this.#began = process.clock.now()
  }

  get #now(): number {
    return this.#process.clock.now()
  }

  /** From what a command says: never, in so many seconds, at a time; a negative one is over at once. */
  #expiry(text: string): number {
    const seconds = Number(text)
    if (seconds < 0) return this.#now
    if (!seconds) return Number.POSITIVE_INFINITY
    return seconds > THIRTY_DAYS ? seconds * 1000 : this.#now + seconds * 1000
  }

  #at(key: string): Item | undefined {
    const item = this.#items.get(key)
    if (item && item.expires <= this.#now) this.#items.delete(key)
    return this.#items.get(key)
  }

  #put(key: string, item: Omit<Item, 'unique'>): void {
    this.#items.set(key, { ...item, unique: ++this.#unique })
    this.counts.total_items++
  }

  store(command: string, key: string, flags: string, time: string, unique: string, data: string): string {
    this.counts.cmd_set++
    const old = this.#at(key)
    if (command === 'cas') {
      if (!old) return this.#count('cas_misses', 'NOT_FOUND')
      if (old.unique !== Number(unique)) return this.#count('cas_badval', 'EXISTS')
      this.counts.cas_hits++
    } else if (command === 'add' ? old : command !== 'set' && !old) return 'NOT_STORED'
    if (command === 'append' || command === 'prepend')
      this.#put(key, { ...old!, data: command === 'append' ? old!.data + data : data + old!.data })
    else this.#put(key, { flags, data, expires: this.#expiry(time) })
    return 'STORED'
  }

  #count(name: keyof Cache['counts'], said: string): string {
    this.counts[name]++
    return said
  }

  /** @param time also sets when they are over, as `gat` does */
  fetch(keys: readonly string[], withUnique: boolean, time?: string): string {
    const found = keys.flatMap(key => {
      this.counts.cmd_get++
      const item = this.#at(key)
      this.counts[item ? 'get_hits' : 'get_misses']++
      if (!item) return []
      if (time !== undefined) item.expires = this.#expiry(time)
      return [
        `VALUE ${key} ${item.flags} ${byteLength(item.data)}${withUnique ? ` ${item.unique}` : ''}\r\n${item.data}\r\n`,
      ]
    })
    return `${found.join('')}END`
  }

  remove(key: string): string {
    const found = this.#at(key) !== undefined
    this.#items.delete(key)
    return found ? this.#count('delete_hits', 'DELETED') : this.#count('delete_misses', 'NOT_FOUND')
  }

  add(command: 'incr' | 'decr', key: string, amount: string): string {
    if (!/^\d+$/.test(amount)) return 'CLIENT_ERROR invalid numeric delta argument'
    const item = this.#at(key)
    if (!item) return this.#count(`${command}_misses`, 'NOT_FOUND')
    if (!/^\d+ *$/.test(item.data)) return 'CLIENT_ERROR cannot increment or decrement non-numeric value'
    this.counts[`${command}_hits`]++
    const [now, by] = [BigInt(item.data.trim()), BigInt(amount)]
    // Upwards it begins anew past 64 bits; below nothing it does not go.
    const next = command === 'incr' ? BigInt.asUintN(64, now + by) : now > by ? now - by : 0n
    // A number that has become shorter keeps its place.
    const text = command === 'decr' ? String(next).padEnd(item.data.length) : String(next)
    this.#put(key, { ...item, data: text })
    return String(next)
  }

  touch(key: string, time: string): string {
    this.counts.cmd_touch++
    const item = this.#at(key)
    if (!item) return this.#count('touch_misses', 'NOT_FOUND')
    item.expires = this.#expiry(time)
    return this.#count('touch_hits', 'TOUCHED')
  }

  flush(delay: number): void {
    this.counts.cmd_flush++
    const end = this.#now + delay * 1000
    for (const item of this.#items.values()) item.expires = Math.min(item.expires, end)
  }

  get #bytes(): number {
    return [...this.#items].reduce((sum, [key, { data }]) => sum + OVERHEAD + byteLength(key) + byteLength(data), 0)
  }

  statistics(what: string | undefined): string | undefined {
    for (const key of [...this.#items.keys()]) this.#at(key)
    const { size } = this.#items
    const lines: [string, string | number][] = []
    if (what === undefined) {
      const seconds = Math.floor(this.#now / 1000)
      lines.push(
        ['pid', this.#process.pid],
        ['uptime', Math.floor((this.#now - this.#began) / 1000)],
        ['time', seconds],
        ['version', this.options.version],
        ['pointer_size', 64],
        ...Object.entries(this.counts),
        ['limit_maxbytes', this.options.megabytes * 1024 * 1024],
        ['threads', this.options.threads],
        ['bytes', this.#bytes],
        ['curr_items', size],
        ['evictions', 0],
      )
    } else if (what === 'items') {
      if (size) lines.push(['items:1:number', size], ['items:1:evicted', 0], ['items:1:outofmemory', 0])
    } else if (what === 'slabs') {
      if (size) lines.push(['1:chunk_size', 96], ['1:used_chunks', size])
      lines.push(['active_slabs', size ? 1 : 0], ['total_malloced', size ? MAX_ITEM : 0])
    } else if (what === 'settings')
      lines.push(
        ['maxbytes', this.options.megabytes * 1024 * 1024],
        ['maxconns', this.options.connections],
        ['tcpport', this.options.port],
        ['verbosity', 0],
        ['num_threads', this.options.threads],
      )
    else return undefined
    return `${lines.map(([name, value]) => `STAT ${name} ${value}\r\n`).join('')}END`
  }

  reset(): void {
    for (const name of Object.keys(this.counts) as (keyof Cache['counts'])[])
      if (!name.endsWith('connections')) this.counts[name] = 0
  }
}

function converse(connection: Connection, cache: Cache): void {
  let buffer = ''
  cache.counts.curr_connections++
  cache.counts.total_connections++
  connection.onData(data => {
    buffer += data
    for (;;) {
      const end = buffer.indexOf('\n')
      if (end < 0) return
      const words = buffer.slice(0, end).replace(/\r$/, '').split(' ').filter(Boolean)
      let rest = buffer.slice(end + 1)
      const [command = '', ...args] = words
      let reply: string | undefined
      if (STORING.test(command)) {
        const size = Number(args[3])
        const fits = args.length >= (command === 'cas' ? 5 : 4) && Number.isInteger(size) && size >= 0
        if (!fits || (args[0] ?? '').length > MAX_KEY) reply = fits ? 'CLIENT_ERROR line format' : 'ERROR'
        else {
          const taken = takeData(rest, size)
          if (!taken) return
          rest = taken.rest
          if (taken.data === undefined) reply = 'CLIENT_ERROR bad data chunk'
          else if (size > MAX_ITEM) reply = 'SERVER_ERROR object too large for cache'
          else reply = cache.store(command, args[0]!, args[1]!, args[2]!, args[4] ?? '', taken.data)
        }
      } else if (command === 'quit') {
        connection.close()
        return
      } else reply = answer(cache, command, args)
      buffer = rest
      if (reply !== undefined && args.at(-1) !== 'noreply') connection.send(`${reply}\r\n`)
    }
  })
  connection.onClose(() => {
    cache.counts.curr_connections--
    connection.close()
  })
}

/** So many bytes and the end of their line; nothing while they are not all there. */
function takeData(text: string, size: number): { data?: string; rest: string } | undefined {
  let length = 0
  for (let bytes = 0; bytes < size; length++) {
    if (length >= text.length) return undefined
    bytes += byteLength(text[length]!)
  }
  if (text.length <= length) return undefined
  const [ending] = /^\r?\n/.exec(text.slice(length)) ?? []
  if (ending !== undefined) return { data: text.slice(0, length), rest: text.slice(length + ending.length) }
  if (text[length] === '\r' && text.length === length + 1) return undefined
  const line = text.indexOf('\n')
  return line < 0 ? undefined : { rest: text.slice(line + 1) }
}

function answer(cache: Cache, command: string, args: readonly string[]): string | undefined {
  const [first, second] = args
  switch (command) {
    case 'get':
    case 'gets':
      return first === undefined ? 'ERROR' : cache.fetch(args, command === 'gets')
    case 'gat':
    case 'gats':
      return second === undefined ? 'ERROR' : cache.fetch(args.slice(1), command === 'gats', first)
    case 'delete':
      return first === undefined ? 'ERROR' : cache.remove(first)
    case 'incr':
    case 'decr':
      return second === undefined ? 'ERROR' : cache.add(command, first!, second)
    case 'touch':
      return second === undefined ? 'ERROR' : cache.touch(first!, second)
    case 'flush_all':
      cache.flush(Number(/^\d+$/.test(first ?? '') ? first : 0))
      return 'OK'
    case 'stats': {
      if (first === 'reset') {
        cache.reset()
        return 'RESET'
      }
      return cache.statistics(first) ?? 'ERROR'
    }
    case 'version':
      return `VERSION ${cache.options.version}`
    case 'verbosity':
      return 'OK'
    default:
      return 'ERROR'
  }
}
