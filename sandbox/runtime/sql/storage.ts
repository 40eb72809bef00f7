/** A database's content in a data directory: a file for each table, in a folder for each database, so that it outlives the server where the volume does. */
import type { FileSystem } from '../files/fs.ts'
import { type Account, type Content, EMPTY, type Table, withDatabase, withTable } from './catalog.ts'

/** Where the names of users are. */
const ACCOUNTS = 'user.frm'

export class DataDirectory {
  readonly #fs: FileSystem
  readonly #path: string
  /** Of the server's own tables. */
  readonly #system: string
  readonly #suffix: string
  #saved: Content = EMPTY

  constructor(fs: FileSystem, path: string, { system, suffix }: { system: string; suffix: string }) {
    this.#fs = fs
    this.#path = path
    this.#system = `${path}/${system}`
    this.#suffix = suffix
  }

  /** Whether a server has been here before. */
  get isNew(): boolean {
    return !this.#fs.exists(`${this.#system}/${ACCOUNTS}`)
  }

  load(): Content {
    let content: Content = {
      databases: new Map(),
      accounts: new Map(JSON.parse(this.#fs.readFile(`${this.#system}/${ACCOUNTS}`)) as [string, Account][]),
    }
    for (const database of this.#fs.readdir(this.#path)) {
      const folder = `${this.#path}/${database}`
      if (this.#fs.stat(folder).type !== 'directory' || !this.#fs.exists(`${folder}/db.opt`)) continue
      content = withDatabase(content, database, true)
      for (const file of this.#fs.readdir(folder)) {
        if (!file.endsWith(this.#suffix)) continue
        const table = JSON.parse(this.#fs.readFile(`${folder}/${file}`)) as Table
        content = withTable(content, database, table.name, table)
      }
    }
    this.#saved = content
    return content
  }

  save(content: Content): void {
    const before = this.#saved
    if (content.accounts !== before.accounts) {
      this.#fs.mkdir(this.#system, { recursive: true })
      this.#fs.writeFile(`${this.#system}/${ACCOUNTS}`, JSON.stringify([...content.accounts]))
    }
    for (const [database, tables] of content.databases) {
      const old = before.databases.get(database)
      if (old === tables) continue
      const folder = `${this.#path}/${database}`
      if (!old) {
        this.#fs.mkdir(folder, { recursive: true })
        this.#fs.writeFile(`${folder}/db.opt`, 'default-character-set=utf8mb4\n')
      }
      for (const [name, table] of tables)
        if (old?.get(name) !== table) this.#fs.writeFile(`${folder}/${name}${this.#suffix}`, JSON.stringify(table))
      for (const name of old?.keys() ?? []) if (!tables.has(name)) this.#fs.unlink(`${folder}/${name}${this.#suffix}`)
    }
    for (const [database, tables] of before.databases) {
      if (content.databases.has(database)) continue
      const folder = `${this.#path}/${database}`
      for (const name of tables.keys()) this.#fs.unlink(`${folder}/${name}${this.#suffix}`)
      this.#fs.unlink(`${folder}/db.opt`)
      this.#fs.rmdir(folder)
    }
    this.#saved = content
  }
}
