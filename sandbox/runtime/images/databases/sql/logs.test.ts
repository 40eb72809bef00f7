/** What databases write into their logs: at their first start, at later ones, of who may not come in, at their end. */
import { expect, it } from 'vitest'
import { createVolume } from '../../../files/volume.ts'
import { logOf, type Machine, machine } from '../../../testing.ts'

/** A server on a volume that outlives it; each start has a Pod of its own. */
async function starts(m: Machine, image: string, path: string, env: Record<string, string>) {
  const mounts = [{ volume: createVolume(m.clock), containerPath: path, readOnly: false }]
  let count = 0
  return async () => {
    const server = m.run(image, { env, mounts }, m.sandbox(`db-${++count}`))
    await m.clock.advance(10_000)
    return server
  }
}

it('postgres makes a database, runs it for its scripts, and says at the next start how the last has ended', async () => {
  const m = machine()
  const start = await starts(m, 'postgres:16', '/var/lib/postgresql/data', {
    POSTGRES_PASSWORD: 'secret',
    POSTGRES_DB: 'shop',
  })
  const first = await start()
  const log = logOf(first)
  expect(log).toContain('performing post-bootstrap initialization ... ok\n')
  expect(log).toMatch(/server started\nCREATE DATABASE\n\n\n\S+: ignoring \/docker-entrypoint-initdb.d\/\*\n\nwaiting/)
  expect(log).toMatch(
    /\[62\] LOG: {2}database system was shut down at 2026-01-05 09:00:00 UTC\n.*\[1\] LOG: {2}database system is ready to accept connections\n$/,
  )
  const wrong = 'PGPASSWORD=bad psql -h 127.0.0.1 -U postgres; psql -U postgres -c "SELECT nobody"'
  await m.exec(first, ['bash', '-c', wrong])
  expect(
    logOf(first)
      .slice(log.length)
      .replace(/^.{28}/gm, ''),
  ).toBe(
    `[79] FATAL:  password authentication failed for user "postgres"
[79] DETAIL:  Connection matched file "/var/lib/postgresql/data/pg_hba.conf" line 128: "host all all all scram-sha-256"
[80] ERROR:  column "nobody" does not exist at character 8
[80] STATEMENT:  SELECT nobody
`,
  )
  first.kill('INT')
  await m.clock.advance(1000)
  expect(logOf(first)).toMatch(
    /checkpoint complete: wrote 5 buffers.*\n.*\[1\] LOG: {2}database system is shut down\n$/,
  )
  const second = await start()
  expect(logOf(second)).toMatch(/Skipping initialization\n\n.*starting PostgreSQL 16/)
  expect(logOf(second)).toContain('LOG:  database system was shut down at 2026-01-05 09:00:10 UTC')
  second.kill('KILL')
  await m.clock.advance(1000)
  expect(logOf(await start())).toContain('not properly shut down; automatic recovery in progress')
})

it('scripts of shells are run with the server there, and end the start when they fail', async () => {
  const m = machine()
  const put = (script: string) =>
    `mkdir -p /docker-entrypoint-initdb.d; printf '%s' '${script}' > /docker-entrypoint-initdb.d/a.sh; exec docker-entrypoint.sh postgres`
  const run = async (script: string) => {
    const server = m.run(
      'postgres:16',
      { command: ['sh', '-c', put(script)], env: { POSTGRES_PASSWORD: 'p' } },
      m.sandbox(script),
    )
    await m.clock.advance(10_000)
    return server
  }
  const good = await run('psql -v ON_ERROR_STOP=1 --username postgres <<EOF\nCREATE TABLE made (n int);\nEOF')
  expect(logOf(good)).toContain('sourcing /docker-entrypoint-initdb.d/a.sh\nCREATE TABLE\n')
  const { out } = await m.exec(good, ['psql', '-U', 'postgres', '-tAc', 'SELECT count(*) FROM made'])
  expect(out).toBe('0\n')
  expect((await run('exit 7')).state).toMatchObject({ state: 'exited', status: { code: 7 } })
})

it('mysql tells of its two servers, and mariadb of who was not let in', async () => {
  const m = machine()
  const start = await starts(m, 'mysql:8.0', '/var/lib/mysql', { MYSQL_ROOT_PASSWORD: 'one', MYSQL_DATABASE: 'shop' })
  const first = await start()
  expect(logOf(first)).toMatch(
    /Creating database shop\n\n.*Stopping temporary server\n.*Received SHUTDOWN from user root[\s\S]*MySQL init process done. Ready for start up.\n\n/,
  )
  expect(logOf(first)).toMatch(
    /ready for connections. Version: '8.0.43' .* port: 3306 {2}MySQL Community Server - GPL.\n$/,
  )
  first.kill('TERM')
  await m.clock.advance(1000)
  expect(logOf(await start())).not.toContain('Initializing database files')
  const maria = m.run('mariadb:11', { env: { MARIADB_ROOT_PASSWORD: 'one' } })
  await m.clock.advance(10_000)
  await m.exec(maria, ['mariadb', '-ubob', '-pbad'])
  expect(logOf(maria)).toMatch(
    /9:00:\d\d \d+ \[Warning\] Access denied for user 'bob'@'localhost' \(using password: YES\)\n$/,
  )
})

it('an entrypoint that lacks a password says so in its own lines, and ends', async () => {
  const m = machine()
  const server = m.run('mysql:8.0')
  await m.clock.advance(1000)
  expect(server.state).toMatchObject({ state: 'exited', status: { code: 1 } })
  expect(
    logOf(server),
  ).toBe(`2026-01-05 09:00:00+00:00 [Note] [Entrypoint]: Entrypoint script for MySQL Server 8.0.43-1.el9 started.
2026-01-05 09:00:00+00:00 [Note] [Entrypoint]: Switching to dedicated user 'mysql'
2026-01-05 09:00:00+00:00 [Note] [Entrypoint]: Entrypoint script for MySQL Server 8.0.43-1.el9 started.
2026-01-05 09:00:00+00:00 [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified
    You need to specify one of the following as an environment variable:
    - MYSQL_ROOT_PASSWORD
    - MYSQL_ALLOW_EMPTY_PASSWORD
    - MYSQL_RANDOM_ROOT_PASSWORD
`)
  const postgres = m.run('postgres:16')
  await m.clock.advance(1000)
  expect(logOf(postgres)).toMatch(
    /^Error: Database is uninitialized and superuser password is not specified\.\n[\s\S]*auth-trust\.html\n$/,
  )
})
