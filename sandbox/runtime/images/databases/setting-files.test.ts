/** Settings of databases that stand in files, as a Secret is mounted. */
import { expect, it } from 'vitest'
import { createVolume } from '../../files/volume.ts'
import { logOf, machine } from '../../testing.ts'

function secrets(m: ReturnType<typeof machine>, files: Record<string, string>) {
  const volume = createVolume(m.clock)
  for (const [name, text] of Object.entries(files)) volume.root.write(name, text)
  return [{ volume, containerPath: '/secrets', readOnly: true }]
}

const ASK_MYSQL = 'mysql -N -uroot -psesame -e "SELECT 1" 2> /dev/null'

it.each([
  ['mysql:8.0', { MYSQL_ROOT_PASSWORD_FILE: '/secrets/word' }, ASK_MYSQL, '1\n'],
  ['mariadb:11', { MARIADB_ROOT_PASSWORD_FILE: '/secrets/word' }, ASK_MYSQL.replace('mysql', 'mariadb'), '1\n'],
  [
    'postgres:17',
    { POSTGRES_PASSWORD_FILE: '/secrets/word', POSTGRES_USER_FILE: '/secrets/user' },
    'PGPASSWORD=sesame psql -h localhost -U ali -tAc "SELECT current_user"',
    'ali\n',
  ],
  [
    'mongo:8',
    { MONGO_INITDB_ROOT_USERNAME_FILE: '/secrets/user', MONGO_INITDB_ROOT_PASSWORD_FILE: '/secrets/word' },
    'mongosh --quiet -u ali -p sesame --eval "db.a.countDocuments({})"',
    '0\n',
  ],
])('%s', async (image, env, script, out) => {
  const m = machine()
  const server = m.run(image, { env, mounts: secrets(m, { word: 'sesame\n', user: 'ali' }) })
  await m.clock.advance(10_000)
  expect((await m.exec(server, ['sh', '-c', script])).out).toBe(out)
})

it.each([
  [
    'mysql:8.0',
    { MYSQL_ROOT_PASSWORD: 'x', MYSQL_ROOT_PASSWORD_FILE: '/x' },
    '[ERROR] [Entrypoint]: Both MYSQL_ROOT_PASSWORD and MYSQL_ROOT_PASSWORD_FILE are set (but are exclusive)\n',
  ],
  [
    'postgres:17',
    { POSTGRES_PASSWORD: 'x', POSTGRES_PASSWORD_FILE: '/x' },
    'error: both POSTGRES_PASSWORD and POSTGRES_PASSWORD_FILE are set (but are exclusive)\n',
  ],
  [
    'postgres:17',
    { POSTGRES_PASSWORD_FILE: '/secrets/none' },
    '/usr/local/bin/docker-entrypoint.sh: line 21: /secrets/none: No such file or directory\n',
  ],
  ['mysql:8.0', { MYSQL_ROOT_PASSWORD: 'x', MYSQL_USER: 'root' }, 'MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD'],
])('%s does not begin with %j', async (image, env, log) => {
  const m = machine()
  const server = m.run(image, { env })
  await m.clock.advance(10_000)
  expect(server.state).toMatchObject({ state: 'exited', status: { code: 1 } })
  expect(logOf(server)).toContain(log)
})
