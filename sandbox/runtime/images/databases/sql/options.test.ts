/** What clients of databases say of flags that they do not have. */
import { expect, it } from 'vitest'
import { machine } from '../../../testing.ts'

it.each([
  ['mysql:8.0', 'mysql --frob', 2, "mysql: [ERROR] unknown option '--frob'.\n"],
  ['mysql:8.0', 'mysql --frob=1', 2, "mysql: [ERROR] unknown variable 'frob=1'.\n"],
  ['mysql:8.0', 'mysql -Z', 2, "mysql: [ERROR] unknown option '-Z'.\n"],
  ['mysql:8.0', 'mysqldump --frob db', 2, "mysqldump: [ERROR] unknown option '--frob'.\n"],
  ['mysql:8.0', 'mysql --html', 2, 'mysql: --html is not simulated\n'],
  ['mariadb:11', 'mariadb --frob', 2, "mariadb: unknown option '--frob'\n"],
  ['postgres:17', 'psql --frob', 1, `psql: unrecognized option '--frob'\nHINT`],
  ['postgres:17', 'psql -k', 1, `psql: invalid option -- 'k'\nHINT`],
  ['postgres:17', 'psql -U postgres -c', 1, `psql: option requires an argument -- 'c'\nHINT`],
  ['postgres:17', 'psql --list=3', 1, `psql: option '--list' doesn't allow an argument\nHINT`],
  [
    'postgres:17',
    'psql --no',
    1,
    `psql: option '--no' is ambiguous; possibilities: '--no-align' '--no-readline' '--no-password' '--no-psqlrc'\nHINT`,
  ],
  ['postgres:17', 'pg_dump --frob', 1, `pg_dump: unrecognized option '--frob'\nHINT`],
  ['postgres:17', 'pg_isready --frob', 3, `pg_isready: unrecognized option '--frob'\nHINT`],
])('%s: %s', async (image, line, code, err) => {
  const name = line.split(' ')[0]
  const hint = `${name}: hint: Try "${name} --help" for more information.\n`
  expect(await machine().sh(line, { image })).toEqual({ code, out: '', err: err.replace('HINT', hint) })
})

it('flags may be shortened, joined with their values, and stand behind other words', async () => {
  const m = machine()
  const server = m.run('mysql:8.0', { env: { MYSQL_ROOT_PASSWORD: 'x', MYSQL_DATABASE: 'app' } })
  await m.clock.advance(10_000)
  const { out } = await m.exec(server, ['mysql', '--us', 'root', 'app', '-px', '-sNe', 'SELECT DATABASE()'])
  expect(out).toBe('app\n')
})
