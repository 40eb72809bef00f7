/** MySQL's replication by statements: a source's log in a file, and the replica that follows it. */
import type { Connection } from '../../../../network/network.ts'
import { connect } from '../../../commands/network/connect.ts'
import type { Process } from '../../../processes/process.ts'
import { SqlError, unsimulated } from '../../../sql/dialect.ts'
import type { Engine } from '../../../sql/engine.ts'
import type { Outcome } from '../../../sql/outcome.ts'
import type { Statement } from '../../../sql/tree.ts'
import { linesOf, loginLine } from './login.ts'

interface Entry {
  sql: string
  database?: string
}

/** Where the first statement of a log stands, behind what describes its format. */
const FIRST = 154

/** What has changed a source, in the order in which it did. */
export class BinaryLog {
  readonly name: string
  readonly #process: Process
  readonly #path: string
  readonly #followers = new Set<Connection>()

  constructor(process: Process, directory: string) {
    this.name = `${process.hostname}-bin.000001`
    this.#process = process
    this.#path = `${directory}/${this.name}`
    if (!process.fs.exists(this.#path)) process.fs.writeFile(this.#path, '')
  }

  get position(): number {
    return FIRST + this.#process.fs.readFile(this.#path).length
  }

  add(entry: Entry): void {
    const line = `${JSON.stringify(entry)}\n`
    this.#process.fs.writeFile(this.#path, line, { append: true })
    for (const follower of this.#followers) follower.send(line)
  }

  /** Sends what comes after a position, and all that is to come. */
  follow(connection: Connection, position: number): void {
    connection.send(this.#process.fs.readFile(this.#path).slice(Math.max(0, position - FIRST)))
    this.#followers.add(connection)
    connection.onClose(() => {
      this.#followers.delete(connection)
      connection.close()
    })
  }
}

interface Source {
  host: string
  port: number
  user: string
  password: string
  file: string
  position: number
  retrySeconds: number
  running: boolean
}

const INFO = 'master.info'

/** A server that follows another, as long as it is told to. */
export class Replica {
  readonly #process: Process
  readonly #engine: Engine
  readonly #path: string
  #source: Source | undefined
  #connected = false
  #error = ''
  #wake = (): void => {}

  constructor(process: Process, directory: string, engine: Engine) {
    this.#process = process
    this.#engine = engine
    this.#path = `${directory}/${INFO}`
    if (process.fs.exists(this.#path)) this.#source = JSON.parse(process.fs.readFile(this.#path)) as Source
  }

  /** Where a copy of this server has to go on, when it follows one. */
  get coordinates(): { file: string; position: number } | undefined {
    return this.#source
  }

  #keep(source: Source): void {
    this.#source = source
    this.#process.fs.writeFile(this.#path, JSON.stringify(source))
    this.#wake()
  }

  do(statement: Extract<Statement, { kind: 'follow' | 'replica' }>): Outcome {
    const done: Outcome = { tag: '', affected: 0 }
    if (statement.kind === 'follow') {
      const {
        host,
        port = '3306',
        user = 'root',
        password = '',
        log_file = '',
        log_pos,
        connect_retry,
      } = statement.settings
      if (host === undefined) return unsimulated('a source without a host')
      const position = Number(log_pos ?? FIRST)
      const retrySeconds = Number(connect_retry ?? 60)
      this.#keep({ host, port: Number(port), user, password, file: log_file, position, retrySeconds, running: false })
      return done
    }
    if (statement.verb === 'status') return this.#status()
    if (this.#source) this.#keep({ ...this.#source, running: statement.verb === 'start' })
    return done
  }

  #status(): Outcome {
    const source = this.#source
    const names =
      'Slave_IO_State Master_Host Master_User Master_Port Connect_Retry Master_Log_File Read_Master_Log_Pos Slave_IO_Running Slave_SQL_Running Last_SQL_Error Seconds_Behind_Master'
    const yes = (value: boolean): string => (value ? 'Yes' : 'No')
    const rows = source
      ? [
          [
            this.#connected ? 'Waiting for master to send event' : source.running ? 'Connecting to master' : '',
            source.host,
            source.user,
            source.port,
            source.retrySeconds,
            source.file,
            source.position,
            source.running ? (this.#connected ? 'Yes' : 'Connecting') : 'No',
            yes(source.running && !this.#error),
            this.#error,
            this.#connected ? 0 : null,
          ],
        ]
      : []
    return { tag: '', found: { columns: names.split(' ').map(name => ({ name })), rows } }
  }

  /** The server's thread that follows; never returns. */
  async run(): Promise<never> {
    const process = this.#process
    for (;;) {
      while (!this.#source?.running || this.#error)
        await process.block<void>(wake => {
          this.#wake = wake
        })
      await this.#follow()
      this.#connected = false
      if (this.#source.running) await process.sleep(this.#source.retrySeconds * 1000)
    }
  }

  /** Applies what its source sends, until the connection is lost or it is told to stop. */
  async #follow(): Promise<void> {
    const process = this.#process
    const { host, port, user, password, position } = this.#source!
    const opened = await connect(process, host, port, { timeoutMs: 10_000 })
    if ('failure' in opened) return
    const { stream } = opened
    const session = this.#engine.session(user)
    session.isReplication = true
    let welcome = false
    const take = linesOf(line => {
      if (!welcome) {
        welcome = line.startsWith('welcome ')
        return
      }
      const { sql, database } = JSON.parse(line) as Entry
      try {
        if (database !== undefined) session.execute(`USE \`${database}\``)
        session.execute(sql)
        this.#keep({ ...this.#source!, position: this.#source!.position + line.length + 1 })
      } catch (error) {
        if (!(error instanceof SqlError)) throw error
        this.#error = `Error '${error.message}' on query. Query: '${sql}'`
      }
    })
    await stream.write(process, `${loginLine({ user, password })}replicate ${position}\n`)
    this.#connected = true
    for (let data = await stream.read(process); data; data = await stream.read(process)) {
      take(data)
      if (!this.#source!.running || this.#error) break
    }
    stream.close()
  }
}
