/** Accounts of mongod: those of its settings, and those that somebody has made in a database. */
import type { Process } from '../../../processes/process.ts'
import { Unsimulated } from './store.ts'
import type { Value } from './value.ts'

const FILE = '/data/db/users.wt'

interface User {
  user: string
  db: string
  pwd: string
}

export class Users {
  readonly #process: Process
  #all: User[]

  constructor(process: Process) {
    const { fs, env } = process
    this.#process = process
    this.#all = fs.exists(FILE) ? (JSON.parse(fs.readFile(FILE)) as User[]) : []
    const { MONGO_INITDB_ROOT_USERNAME: user, MONGO_INITDB_ROOT_PASSWORD: pwd = '' } = env
    // Settings count at the first start alone.
    if (user && !this.#all.length) this.#keep([{ user, db: 'admin', pwd }])
  }

  /** Whether the server has been started for those with accounts alone. */
  get required(): boolean {
    return Boolean(this.#process.env.MONGO_INITDB_ROOT_USERNAME) || this.#process.argv.includes('--auth')
  }

  #keep(all: User[]): void {
    this.#all = all
    this.#process.fs.mkdir('/data/db', { recursive: true })
    this.#process.fs.writeFile(FILE, JSON.stringify(all))
  }

  knows(name: string): boolean {
    return this.#all.some(({ user }) => user === name)
  }

  /** Wherever an account was made: databases are not told apart at the door. */
  lets(name: string, password: string): boolean {
    return this.#all.some(({ user, pwd }) => user === name && pwd === password)
  }

  /** A call about accounts. @returns undefined when it is none @throws Error in the server's words */
  do(db: string, method: string, args: readonly Value[]): Value | undefined {
    const [first, second] = args
    const find = (name: string): User => {
      const found = this.#all.find(one => one.user === name && one.db === db)
      if (!found) throw new Error(`MongoServerError[UserNotFound]: User '${name}@${db}' not found`)
      return found
    }
    switch (method) {
      case 'createUser': {
        const { user, pwd, roles } = (first ?? {}) as { user?: Value; pwd?: Value; roles?: Value }
        if (typeof user !== 'string' || typeof pwd !== 'string' || !Array.isArray(roles))
          throw new Unsimulated('db.createUser() without user, pwd and roles')
        if (this.#all.some(one => one.user === user && one.db === db))
          throw new Error(`MongoServerError[Location51003]: User "${user}@${db}" already exists`)
        this.#keep([...this.#all, { user, db, pwd }])
        return { ok: 1 }
      }
      case 'dropUser': {
        const found = find(String(first))
        this.#keep(this.#all.filter(one => one !== found))
        return { ok: 1 }
      }
      case 'changeUserPassword': {
        const found = find(String(first))
        this.#keep(this.#all.map(one => (one === found ? { ...one, pwd: String(second) } : one)))
        return { ok: 1 }
      }
      default:
        return undefined
    }
  }
}
