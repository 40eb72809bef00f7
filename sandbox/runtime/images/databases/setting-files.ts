/** Settings that an entrypoint reads from files: `NAME_FILE` instead of `NAME`, as secrets are mounted. */
import { isErrno } from '../../errno.ts'
import type { Process } from '../../processes/process.ts'

export interface SettingFiles {
  names: readonly string[]
  /** What is said where a setting is there twice. */
  twice(name: string, now: number): string
  /** Where in the script a file is read, as the shell tells when it cannot. */
  line?: number
}

/** Puts what the files say into the environment. @returns why that cannot be */
export function readSettingFiles(process: Process, { names, twice, line }: SettingFiles): string | undefined {
  const { env } = process
  for (const name of names) {
    const file = env[`${name}_FILE`]
    if (!file) continue
    if (env[name]) return twice(name, process.clock.now())
    try {
      // As by `$(…)`, without what ends the last line.
      env[name] = process.fs.readFile(file).replace(/\n+$/, '')
    } catch (error) {
      if (!isErrno(error)) throw error
      const place = line === undefined ? '' : `line ${line}: `
      return `/usr/local/bin/docker-entrypoint.sh: ${place}${file}: ${error.message}`
    }
    delete env[`${name}_FILE`]
  }
  return undefined
}

/** Of PostgreSQL's and MongoDB's entrypoints. */
const error = (name: string): string => `error: both ${name} and ${name}_FILE are set (but are exclusive)`

/** Of MySQL's and MariaDB's, which date what they say. */
const dated = (name: string, now: number): string =>
  `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}+00:00 [ERROR] [Entrypoint]: Both ${name} and ${name}_FILE are set (but are exclusive)`

const MYSQL = 'ROOT_HOST DATABASE USER PASSWORD ROOT_PASSWORD'.split(' ')
const prefixed = (prefix: string, names: readonly string[]): string[] => names.map(name => `${prefix}_${name}`)

export const SETTING_FILES = {
  mysql: { names: prefixed('MYSQL', MYSQL), twice: dated, line: 39 },
  mariadb: { names: [...prefixed('MARIADB', MYSQL), ...prefixed('MYSQL', MYSQL)], twice: dated },
  postgres: { names: prefixed('POSTGRES', ['PASSWORD', 'USER', 'DB', 'INITDB_ARGS']), twice: error, line: 21 },
  mongo: { names: prefixed('MONGO_INITDB', ['ROOT_USERNAME', 'ROOT_PASSWORD']), twice: error },
} satisfies Readonly<Record<string, SettingFiles>>
