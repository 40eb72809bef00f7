/** What redis keeps on its disk: a snapshot at its save points and at its end, and the log of all writes where it is wanted. */
import type { Timer } from '../../../../clock/clock.ts'
import { isErrno } from '../../../errno.ts'
import type { Proc } from '../../../processes/proc.ts'
import type { Process } from '../../../processes/process.ts'
import type { RedisConfig } from './config.ts'
import type { Database } from './database.ts'
import { command, error, type Reply, status, takeCommand } from './protocol.ts'

export interface Persisting {
  process: Process
  database: Database
  config: RedisConfig
  log(text: string): void
  major: number
}

/** Snapshots begin with it, as real ones do; what follows are commands instead of a format of its own. */
const MAGIC = 'REDIS0011\n'
const SELECTED = /^select$/i

export class Persistence {
  readonly #shared: Persisting
  /** Changes since it was last saved, and when that was. */
  #changes = 0
  #saved: number
  #timer: Timer | undefined
  /** The database that the log of writes is at. */
  #logged = 0

  constructor(shared: Persisting) {
    this.#shared = shared
    this.#saved = shared.process.clock.now()
  }

  get #snapshot(): string {
    const { config } = this.#shared
    return `${config.get('dir')}/${config.get('dbfilename')}`
  }

  get #logDirectory(): string {
    const { config } = this.#shared
    return `${config.get('dir')}/${config.get('appenddirname')}`
  }

  /** From version 7 on the log lies in a directory of its own. */
  get #log(): string {
    const { config, major } = this.#shared
    const name = config.get('appendfilename')
    return major >= 7 ? `${this.#logDirectory}/${name}.1.incr.aof` : `${config.get('dir')}/${name}`
  }

  get #appends(): boolean {
    return this.#shared.config.get('appendonly') === 'yes'
  }

  get lastSave(): number {
    return Math.floor(this.#saved / 1000)
  }

  get changes(): number {
    return this.#changes
  }

  /** What an earlier server has left. @throws Errno */
  load(): void {
    const { process, log, major, config } = this.#shared
    const { fs } = process
    if (this.#appends) {
      if (fs.exists(this.#log)) {
        this.#replay(fs.readFile(this.#log))
        log('* DB loaded from append only file: 0.000 seconds')
      } else {
        if (major >= 7) {
          fs.mkdir(this.#logDirectory, { recursive: true })
          const name = config.get('appendfilename')
          log(`* Creating AOF base file ${name}.1.base.rdb on server start`)
          log(`* Creating AOF incr file ${name}.1.incr.aof on server start`)
        }
        fs.writeFile(this.#log, '')
      }
      return
    }
    if (!fs.exists(this.#snapshot)) return
    this.#replay(fs.readFile(this.#snapshot).slice(MAGIC.length))
    const keys = this.#shared.database.sizes().reduce((sum, [, n]) => sum + n, 0)
    if (major >= 7) log(`* Done loading RDB, keys loaded: ${keys}, keys expired: 0.`)
    log('* DB loaded from disk: 0.000 seconds')
  }

  #replay(text: string): void {
    let index = 0
    for (let next = takeCommand(text); next; next = takeCommand(text)) {
      text = next.rest
      const [name = '', ...args] = next.words
      if (SELECTED.test(name)) index = Number(args[0])
      else this.#shared.database.run(name.toUpperCase(), args, index)
    }
  }

  /** Something has been written. */
  wrote(words: readonly string[], index: number): void {
    this.#changes++
    if (this.#appends) this.#append(words, index)
    this.#watch()
  }

  #append(words: readonly string[], index: number): void {
    const { process, database, log } = this.#shared
    const lines = index === this.#logged ? [words] : [['SELECT', String(index)], words]
    this.#logged = index
    // A time from now on is one of the clock when it is read again.
    const expiry = words[1] === undefined ? undefined : database.expiryOf(words[1], index)
    if (expiry !== undefined && /EX|^SET$/i.test(words[0]!)) lines.push(['PEXPIREAT', words[1]!, String(expiry)])
    try {
      process.fs.writeFile(this.#log, lines.map(command).join(''), { append: true })
    } catch (failure) {
      if (!isErrno(failure)) throw failure
      log(`# Error writing to the AOF file: ${failure.message}`)
    }
  }

  /** `3600 1 300 100`: seconds and changes, by turns. */
  get #points(): [seconds: number, changes: number][] {
    const numbers = this.#shared.config.get('save').split(/\s+/).filter(Boolean).map(Number)
    return Array.from({ length: Math.floor(numbers.length / 2) }, (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!])
  }

  /** Waits for the next save point that enough has changed for. */
  #watch(): void {
    const { process, log } = this.#shared
    const { clock } = process
    clock.cancel(this.#timer)
    const due = this.#points.filter(([, changes]) => this.#changes >= changes)
    if (!due.length) return
    const [seconds, changes] = due.reduce((first, point) => (point[0] < first[0] ? point : first))
    this.#timer = clock.after(Math.max(0, this.#saved + seconds * 1000 - clock.now()), () => {
      if ((process as Proc).status) return
      log(`* ${changes} changes in ${seconds} seconds. Saving...`)
      this.background()
    })
  }

  /** @returns whether it could */
  save(): boolean {
    const { process, database, log } = this.#shared
    try {
      process.fs.writeFile(this.#snapshot, MAGIC + database.dump().map(command).join(''))
    } catch (failure) {
      if (!isErrno(failure)) throw failure
      log(
        `# Failed opening the temp RDB file temp-${process.pid}.rdb (in server root dir ${this.#shared.config.get('dir')}) for saving: ${failure.message}`,
      )
      return false
    }
    this.#changes = 0
    this.#saved = process.clock.now()
    process.clock.cancel(this.#timer)
    log('* DB saved on disk')
    return true
  }

  background(): Reply {
    const { process, log } = this.#shared
    log(`* Background saving started by pid ${process.pid + 1}`)
    log(this.save() ? '* Background saving terminated with success' : '# Background saving error')
    return status('Background saving started')
  }

  /** The log of writes becomes as short as it can be. */
  rewrite(): Reply {
    const { process, database, log } = this.#shared
    if (!this.#appends) return error('ERR BGREWRITEAOF without appendonly is not simulated')
    process.fs.writeFile(this.#log, database.dump().map(command).join(''))
    this.#logged = -1
    log('* Background AOF rewrite finished successfully')
    return status('Background append only file rewriting started')
  }

  /** Before the end. @returns whether it may end */
  last(): boolean {
    const { log } = this.#shared
    if (!this.#points.length) return true
    log('* Saving the final RDB snapshot before exiting.')
    if (this.save()) return true
    log("# Error trying to save the DB, can't exit.")
    return false
  }
}
