/** The log of PostgreSQL: initdb and a server for the scripts at the first start, later starts, recovery, and the end. */
import type { Process } from '../../../processes/process.ts'
import { type LogStep, second } from '../../daemons/log-steps.ts'

/** What a server finds of the one before it. */
interface Control {
  state: 'running' | 'stopped'
  at: number
}

/** Numbers of the processes that a server starts beside itself. */
interface Workers {
  checkpointer: number
  startup: number
  launcher: number
}

/** Of the server that is there for the scripts. */
const SCRIPTS_SERVER = 48
const OF_SCRIPTS: Workers = { checkpointer: 49, startup: 51, launcher: 54 }
const AFTER_SCRIPTS: Workers = { checkpointer: 60, startup: 62, launcher: 65 }
const LATER: Workers = { checkpointer: 27, startup: 29, launcher: 32 }

const stamped = (now: number, pid: number, text: string): string =>
  `${new Date(now).toISOString().slice(0, 23).replace('T', ' ')} UTC [${pid}] ${text}`

const by = (pid: number, text: string, cpuMs = 1): LogStep => ({ cpuMs, text: now => stamped(now, pid, text) })

const behind = (start: string, step: LogStep): LogStep => ({
  text: now => `${start}${typeof step === 'string' ? step : step.text(now)}`,
})

const ok = (what: string, cpuMs: number): LogStep => ({ cpuMs, text: () => `${what} ... ok` })

function ending(server: number, { checkpointer, launcher }: Workers, major: number, buffers: string): LogStep[] {
  // Since 15 checkpoints are told of, and since 16 where they are.
  const place = major >= 16 ? '; lsn=0/1957218, redo lsn=0/1957218' : ''
  const checkpoint = [
    by(checkpointer, 'LOG:  checkpoint starting: shutdown immediate'),
    by(
      checkpointer,
      `LOG:  checkpoint complete: wrote ${buffers}; 0 WAL file(s) added, 0 removed, 0 recycled; write=0.005 s, sync=0.002 s, total=0.010 s; sync files=2, longest=0.001 s, average=0.001 s; distance=0 kB, estimate=0 kB${place}`,
    ),
  ]
  return [
    by(server, 'LOG:  received fast shutdown request'),
    by(server, 'LOG:  aborting any active transactions'),
    by(server, `LOG:  background worker "logical replication launcher" (PID ${launcher}) exited with exit code 1`),
    by(checkpointer, 'LOG:  shutting down'),
    ...(major >= 15 ? checkpoint : []),
    by(server, 'LOG:  database system is shut down'),
  ]
}

export class PostgresLog {
  readonly #process: Process
  readonly #directory: string
  readonly #banner: string
  readonly #major: number
  readonly #before: Control | undefined
  #workers = LATER

  /**
   * @param directory of the data
   * @param version what `SELECT version()` says
   */
  constructor(process: Process, directory: string, version: string) {
    this.#process = process
    this.#directory = directory
    this.#banner = `LOG:  starting ${version}`
    this.#major = Number(/\d+/.exec(version)?.[0])
    this.#before = this.#read()
  }

  get #file(): string {
    return `${this.#directory}/global/pg_control`
  }

  #read(): Control | undefined {
    const { fs } = this.#process
    if (!fs.exists(this.#file)) return undefined
    const [state, time] = fs.readFile(this.#file).split(' ')
    return { state: state === 'stopped' ? 'stopped' : 'running', at: Number(time) }
  }

  #note(state: Control['state']): void {
    this.#process.fs.writeFile(this.#file, `${state} ${this.#process.clock.now()}\n`)
  }

  /** A data directory is made. */
  initdb(): LogStep[] {
    const directory = this.#directory
    const newer = this.#major >= 15
    const quoted = (name: string): string => (this.#major >= 17 ? `"${name}"` : name)
    const synced = ok('syncing data to disk', 100)
    const ways = `You can change this by editing pg_hba.conf or using the option -A, or${newer ? ' ' : '\n'}--auth-local and --auth-host, the next time you run initdb.`
    return [
      `The files belonging to this database system will be owned by user "postgres".
This user must also own the server process.

The database cluster will be initialized with locale "en_US.utf8".
The default database encoding has accordingly been set to "UTF8".
The default text search configuration will be set to "english".

Data page checksums are ${this.#major >= 18 ? 'enabled' : 'disabled'}.
`,
      ok(`fixing permissions on existing directory ${directory}`, 10),
      ok('creating subdirectories', 10),
      `selecting dynamic shared memory implementation ... posix
selecting default ${quoted('max_connections')} ... 100
selecting default ${quoted('shared_buffers')} ... 128MB
selecting default time zone ... Etc/UTC`,
      ok('creating configuration files', 20),
      ok('running bootstrap script', 100),
      ok('performing post-bootstrap initialization', 200),
      ...(newer ? [] : [synced, '']),
      `initdb: warning: enabling "trust" authentication for local connections`,
      `${newer ? 'initdb: hint: ' : ''}${ways}`,
      ...(newer ? [synced, ''] : []),
      `
Success. You can now start the database server using:

    pg_ctl -D ${directory} -l logfile start
`,
    ]
  }

  /** A server of its own is there for the scripts, by its socket alone. */
  beforeScripts(): LogStep[] {
    this.#workers = AFTER_SCRIPTS
    return [
      behind('waiting for server to start....', by(SCRIPTS_SERVER, this.#banner, 20)),
      by(SCRIPTS_SERVER, 'LOG:  listening on Unix socket "/var/run/postgresql/.s.PGSQL.5432"'),
      {
        text: now => stamped(now, OF_SCRIPTS.startup, `LOG:  database system was shut down at ${second(now)} UTC`),
      },
      by(SCRIPTS_SERVER, 'LOG:  database system is ready to accept connections'),
      ' done\nserver started',
    ]
  }

  afterScripts(): LogStep[] {
    const [received, ...rest] = ending(SCRIPTS_SERVER, OF_SCRIPTS, this.#major, '926 buffers (5.7%)')
    return [
      behind('waiting for server to shut down....', received!),
      ...rest,
      ' done\nserver stopped\n\nPostgreSQL init process complete; ready for start up.\n',
    ]
  }

  ready(): LogStep[] {
    this.#note('running')
    const { startup } = this.#workers
    return [
      by(1, this.#banner, 5),
      by(1, 'LOG:  listening on IPv4 address "0.0.0.0", port 5432'),
      by(1, 'LOG:  listening on IPv6 address "::", port 5432'),
      by(1, 'LOG:  listening on Unix socket "/var/run/postgresql/.s.PGSQL.5432"'),
      ...this.#found(startup),
      by(1, 'LOG:  database system is ready to accept connections', 5),
    ]
  }

  /** What the process that looks at the data says of the last end. */
  #found(startup: number): LogStep[] {
    const before = this.#before
    if (before?.state !== 'running')
      return [
        {
          text: now => stamped(now, startup, `LOG:  database system was shut down at ${second(before?.at ?? now)} UTC`),
        },
      ]
    const wanted = this.#major >= 16 ? 'expected at least' : 'wanted'
    return [
      by(startup, `LOG:  database system was interrupted; last known up at ${second(before.at)} UTC`),
      by(startup, 'LOG:  database system was not properly shut down; automatic recovery in progress', 20),
      by(startup, 'LOG:  redo starts at 0/1957290'),
      by(startup, `LOG:  invalid record length at 0/1957378: ${wanted} 24, got 0`),
      by(startup, 'LOG:  redo done at 0/1957340 system usage: CPU: user: 0.00 s, system: 0.00 s, elapsed: 0.00 s'),
    ]
  }

  stopping(): LogStep[] {
    this.#note('stopped')
    return ending(1, this.#workers, this.#major, '5 buffers (0.0%)')
  }

  /** What one who is not let in, or asks what cannot be answered, leaves in the log. */
  complain(pid: number, ...texts: string[]): void {
    const { clock, fds } = this.#process
    for (const text of texts) void fds[2]?.write(this.#process, `${stamped(clock.now(), pid, text)}\n`)
  }
}
