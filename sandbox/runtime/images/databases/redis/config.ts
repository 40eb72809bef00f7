/** What redis-server is told: by a file, by words behind it, later by CONFIG SET. */
import type { Process } from '../../../processes/process.ts'
import { pattern } from './keyspace.ts'

const DEFAULTS: Readonly<Record<string, string>> = {
  appenddirname: 'appendonlydir',
  appendfilename: 'appendonly.aof',
  appendfsync: 'everysec',
  appendonly: 'no',
  bind: '* -::*',
  databases: '16',
  dbfilename: 'dump.rdb',
  dir: '/data',
  maxmemory: '0',
  masterauth: '',
  'maxmemory-policy': 'noeviction',
  port: '6379',
  'replica-read-only': 'yes',
  replicaof: '',
  requirepass: '',
  save: '3600 1 300 100 60 10000',
  timeout: '0',
}

/** How settings were called before replicas were called so. */
const current = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^slaveof$/, 'replicaof')
    .replace(/^slave-/, 'replica-')

const UNITS: Readonly<Record<string, number>> = { k: 1e3, kb: 1024, m: 1e6, mb: 1024 ** 2, g: 1e9, gb: 1024 ** 3 }

/** Amounts of memory are shown in bytes. */
function normal(name: string, value: string): string {
  const [, n, unit] = (name === 'maxmemory' && /^(\d+)(kb?|mb?|gb?)$/i.exec(value)) || []
  return n ? String(Number(n) * UNITS[unit!.toLowerCase()]!) : value
}

export class RedisConfig {
  readonly #values = new Map(Object.entries(DEFAULTS))
  /** Points at which it is saved, as they are given one by one. */
  #ownPoints = false
  /** The file that it comes from. */
  readonly file: string | undefined

  /** @throws Errno when the file named cannot be read */
  constructor(process: Process) {
    const words = process.argv.slice(1)
    this.#values.set('dir', process.cwd)
    this.file = words[0]?.startsWith('-') ? undefined : words.shift()
    const lines = this.file ? process.fs.readFile(this.file).split('\n') : []
    const given = words.join(' ').split(/(?:^|\s)--/)
    for (const line of [...lines, ...given]) {
      const [name = '', ...rest] = line.trim().split(/\s+/)
      if (name && !name.startsWith('#')) this.set(name, rest.join(' ').replace(/^(["'])(.*)\1$/, '$2'))
    }
  }

  get(name: string): string {
    return this.#values.get(current(name)) ?? ''
  }

  set(name: string, value: string): void {
    const known = current(name)
    // Lines of a file add up; an empty one takes all back.
    if (known === 'save' && this.#ownPoints && value && this.#values.get('save'))
      value = `${this.#values.get('save')} ${value}`
    if (known === 'save') this.#ownPoints = true
    this.#values.set(known, normal(known, value))
  }

  knows(name: string): boolean {
    return this.#values.has(current(name))
  }

  /** Names and values by a pattern with stars. */
  matching(text: string): [name: string, value: string][] {
    const matches = pattern(text, 'i')
    return [...this.#values].filter(([name]) => matches.test(name))
  }
}
