/** redis-server, the program: what it is made of, what it loads, and how it stops. */
import { isErrno } from '../../../errno.ts'
import type { Proc } from '../../../processes/proc.ts'
import type { Process, Program } from '../../../processes/process.ts'
import { Waiters } from './blocking.ts'
import { Clients } from './clients.ts'
import { RedisConfig } from './config.ts'
import type { Server } from './connected.ts'
import { converse, write } from './conversation.ts'
import { Database } from './database.ts'
import type { Standing } from './information.ts'
import { beginning, logger, ready } from './log.ts'
import { Persistence } from './persistence.ts'
import { error, type Reply } from './protocol.ts'
import { Channels } from './pubsub.ts'
import { Followers, type Master, Replica } from './replication.ts'

/** What it takes without any data. */
const OWN_MEMORY = 9_000_000

export const server: Program = async process => {
  const version = process.env.REDIS_VERSION || '8.2.1'
  if (/^(-v|--version)$/.test(process.argv[1] ?? '')) {
    const built = 'sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0000000000000000'
    await process.write(1, `Redis server v=${version} ${built}\n`)
    return 0
  }
  const config = await readConfig(process)
  if (!config) return 1
  process.memory = OWN_MEMORY
  const self = assemble(process, config, version)
  if (!listen(process, self) || !load(self, ready(version, Number(config.get('port'))))) return 1
  process.on('TERM', () => stop(process, self, 'SIGTERM'))
  process.on('INT', () => stop(process, self, 'SIGINT'))
  for (;;) {
    try {
      return await self.replica.run()
    } catch (error) {
      // A signal after which it goes on, as when it could not be saved.
      if (!isErrno(error) || error.code !== 'EINTR') throw error
    }
  }
}

async function readConfig(process: Process): Promise<RedisConfig | undefined> {
  try {
    return new RedisConfig(process)
  } catch (error) {
    if (!isErrno(error)) throw error
    await process.write(2, `Fatal error, can't open config file '${process.argv[1]}': ${error.message}\n`)
    return undefined
  }
}

/** `HOST PORT`, as in a configuration. */
function masterOf(words: string): Master | undefined {
  const [host = '', port = ''] = words.split(/\s+/)
  return host ? { host, port: Number(port) } : undefined
}

function assemble(process: Process, config: RedisConfig, version: string): Server {
  const major = Number.parseInt(version, 10)
  const log = logger(process, major, () => (replica.master ? 'S' : 'M'))
  const database = new Database(process.clock)
  const channels = new Channels()
  let applied = 0
  /** A command of the master's, or of the file that is loaded. */
  const apply = ([name = '', ...args]: readonly string[]): void => {
    if (/^publish$/i.test(name)) channels.publish(args[0] ?? '', args[1] ?? '')
    else if (/^select$/i.test(name)) {
      applied = Number(args[0])
      return
    } else {
      database.run(name.toUpperCase(), args, applied)
      persistence.wrote([name, ...args], applied)
    }
    followers.feed([name, ...args], applied)
  }
  const shared = { process, database, config, log, apply, major }
  const persistence = new Persistence(shared)
  const followers = new Followers(shared)
  const replica = new Replica(shared, masterOf(config.get('replicaof')))
  const selected: Server['selected'] = new WeakMap()
  const now = (): number => process.clock.now()
  const clients = new Clients(now, connection => selected.get(connection) ?? 0)
  const parts = { config, database, followers, replica, persistence, clients }
  const standing = standingOf(process, version, parts)
  for (const line of beginning(version, process.pid, config.file)) log(line, 'C')
  const self: Server = {
    ...parts,
    standing,
    channels,
    waiters: new Waiters(process.clock, (words, owner) => write(self, words, owner)),
    now,
    log,
    major,
    selected,
    watchers: new Set(),
    shutDown: save => shutDown(process, self, save),
  }
  return self
}

type Parts = Pick<Server, 'config' | 'database' | 'followers' | 'replica' | 'persistence' | 'clients'>

/** What INFO tells, as it is when it is asked for. */
function standingOf(process: Process, version: string, parts: Parts): Standing {
  const { clients, persistence, database, config, followers, replica } = parts
  const now = (): number => process.clock.now()
  const began = now()
  return {
    version,
    followers,
    replica,
    config,
    pid: process.pid,
    runId: process.random.hex(40),
    get upSeconds() {
      return Math.floor((now() - began) / 1000)
    },
    get cpuSeconds() {
      return (process as Proc).cpuMs / 1000
    },
    get memory() {
      return process.memory
    },
    get clients() {
      return clients.size
    },
    get blocked() {
      return clients.blocked
    },
    get accepted() {
      return clients.accepted
    },
    get processed() {
      return clients.processed
    },
    get lastSave() {
      return persistence.lastSave
    },
    get sizes() {
      return database.sizes()
    },
  }
}

/** @returns whether the port was free */
function listen(process: Process, self: Server): boolean {
  const port = Number(self.config.get('port'))
  try {
    process.net.listen('TCP', port, connection => converse(self, connection))
    return true
  } catch {
    self.log(`# Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`)
    self.log(`# Failed listening on port ${port} (tcp), aborting.`)
    return false
  }
}

/** @param lines which it logs meanwhile, the last of them when all is there  @returns whether that could be read */
function load({ config, persistence, log }: Server, lines: readonly string[]): boolean {
  for (const line of lines.slice(0, -1)) log(line)
  if (config.get('cluster-enabled') === 'yes') log('# cluster support is not simulated: CLUSTER is refused')
  try {
    persistence.load()
  } catch (error) {
    if (!isErrno(error)) throw error
    log(`# Fatal error loading the DB, check server logs. Exiting. ${error.message}`)
    return false
  }
  log(lines.at(-1)!)
  return true
}

function stop(process: Process, self: Server, signal: string): void {
  const seconds = Math.floor(process.clock.now() / 1000)
  void process.fds[1]?.write(
    process,
    `${process.pid}:signal-handler (${seconds}) Received ${signal} scheduling shutdown...\n`,
  )
  self.shutDown(undefined)
}

/** @param save whether to save first; undefined as the configuration says */
function shutDown(process: Process, { log, persistence }: Server, save: boolean | undefined): Reply | undefined {
  log('* User requested shutdown...')
  const saved = save === false || (save ? persistence.save() : persistence.last())
  if (!saved) return error('ERR Errors trying to SHUTDOWN. Check logs.')
  log('* Redis is now ready to exit, bye bye...')
  // What is called from a connection ends the process by a signal of its own.
  process.on('USR2', () => process.exit(0))
  process.kill(process.pid, 'USR2')
  return undefined
}
