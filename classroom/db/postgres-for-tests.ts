/** A PostgreSQL of one's own for the length of a test, from the distribution's package. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

export interface Postgres {
  url: string
  stop(): Promise<void>
}

/** Debian keeps the programs of each version in a folder that is not on PATH. */
function bin(): string | undefined {
  const debian = '/usr/lib/postgresql'
  const folders = existsSync(debian)
    ? readdirSync(debian)
        .sort((a, b) => Number(b) - Number(a))
        .map(version => join(debian, version, 'bin'))
    : []
  const others = (process.env.PATH ?? '').split(':')
  return [...folders, ...others].find(
    folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  )
}

/**
 * @param durable whether it waits for the disk, as one that is not for tests does
 * @returns undefined where PostgreSQL is not installed
 */
export async function startPostgres({ durable = false } = {}): Promise<Postgres | undefined> {
  const programs = bin()
  if (!programs) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'podlab-postgres-'))
  // PostgreSQL refuses to run as root.
  const root = process.getuid?.() === 0
  const as = root ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : []
  if (root) execFileSync('chown', ['postgres:postgres', folder])
  const run = (program: string, args: string[]) => [...as, join(programs, program), ...args] as [string, ...string[]]
  const [init, ...initArgs] = run('initdb', ['-D', join(folder, 'data'), '-A', 'trust', '-U', 'podlab', '-E', 'UTF8'])
  execFileSync(init, initArgs, { stdio: 'ignore' })
  const port = String(20_000 + (process.pid % 20_000))
  const [command, ...args] = run('postgres', [
    ...['-D', join(folder, 'data'), '-p', port, '-k', folder],
    ...['-c', 'listen_addresses=127.0.0.1', '-c', `fsync=${durable ? 'on' : 'off'}`],
  ])
  const server = spawn(command, args, { stdio: 'ignore' })
  const url = `postgres://podlab@127.0.0.1:${port}/postgres`
  for (let i = 0; ; i++) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      break
    } catch (error) {
      if (i > 100) throw error
      await sleep(100)
    }
  }
  return {
    url,
    async stop() {
      const ended = new Promise(resolve => server.once('exit', resolve))
      // Fast: sessions are ended, data is not waited for.
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
