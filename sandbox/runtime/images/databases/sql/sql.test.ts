/** Databases as their clients see them, across restarts and from server to server. */
import { expect, it } from 'vitest'
import { createVolume } from '../../../files/volume.ts'
import { machine } from '../../../testing.ts'

it('mysql keeps what it is told where the volume is kept', async () => {
  const m = machine()
  const mounts = [{ volume: createVolume(m.clock), containerPath: '/var/lib/mysql', readOnly: false }]
  const start = async (password: string) => {
    const server = m.run(
      'mysql:8.0',
      { env: { MYSQL_ROOT_PASSWORD: password, MYSQL_DATABASE: 'shop' }, mounts },
      m.sandbox(`db-${password}`),
    )
    await m.clock.advance(5000)
    return server
  }
  const first = await start('one')
  const ask = async (server: typeof first, sql: string, flags = '') => {
    const { code, out, err } = await m.exec(server, ['bash', '-c', `mysql -uroot ${flags} shop -e "${sql}"`])
    return `${code} ${out}${err}`
  }
  expect(
    await ask(
      first,
      "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(9)); INSERT INTO t VALUES (1, 'a'), (2, NULL)",
      '--password=one 2> /dev/null',
    ),
  ).toBe('0 ')
  expect(await ask(first, 'SELECT * FROM t', '-t --password=one 2> /dev/null')).toBe(
    '0 +----+------+\n| id | name |\n+----+------+\n|  1 | a    |\n|  2 | NULL |\n+----+------+\n',
  )
  first.kill('TERM')
  await m.clock.advance(1000)
  // The password of the first time counts: the second finds a database.
  const second = await start('two')
  expect(await ask(second, 'SELECT name FROM t WHERE id = 1', '--password=two 2> /dev/null')).toBe('1 ')
  expect(await ask(second, 'SELECT name FROM t WHERE id = 1', '--password=one 2> /dev/null')).toBe('0 name\na\n')
  expect(await ask(second, "SHOW VARIABLES LIKE 'max_conn%'", '-N --password=one 2> /dev/null')).toBe(
    '0 max_connections\t151\n',
  )
  await ask(second, 'CREATE VIEW a AS SELECT name FROM t', '--password=one 2> /dev/null')
  const dump = await m.exec(second, ['bash', '-c', 'mysqldump -uroot --password=one shop 2> /dev/null | tee /tmp/dump'])
  expect(dump.out).toContain("INSERT INTO `t` VALUES (1,'a'),(2,NULL);")
  expect(dump.out).not.toContain('INSERT INTO `a`')
  await m.exec(second, [
    'bash',
    '-c',
    'exec 2> /dev/null; mysql -uroot --password=one -e "CREATE DATABASE copy"; mysql -uroot --password=one copy < /tmp/dump',
  ])
  expect(await ask(second, 'SELECT name FROM copy.a', '-N --password=one 2> /dev/null')).toBe('0 a\nNULL\n')
})

it('mysql does as its files and arguments say, and runs the scripts of a new database', async () => {
  const m = machine()
  const script =
    'mkdir -p /docker-entrypoint-initdb.d; echo "CREATE TABLE seeds (n INT); INSERT INTO seeds VALUES (7);" > /docker-entrypoint-initdb.d/a.sql; printf "[mysqld]\\nmax_connections = 33\\n" > /etc/mysql/conf.d/x.cnf; exec docker-entrypoint.sh mysqld --server-id=5'
  const server = m.run('mysql:8.4', {
    command: ['sh', '-c', `mkdir -p /etc/mysql/conf.d; ${script}`],
    env: { MYSQL_ALLOW_EMPTY_PASSWORD: '1', MYSQL_DATABASE: 'app' },
  })
  await m.clock.advance(5000)
  const { out } = await m.exec(server, [
    'mysql',
    '-N',
    'app',
    '-e',
    'SELECT @@max_connections, @@server_id, n FROM seeds',
  ])
  expect(out).toBe('33\t5\t7\n')
})

it('mysql asks for the password that it was told to choose, and tells it in its log', async () => {
  const m = machine()
  const server = m.run('mysql:8.4', { env: { MYSQL_RANDOM_ROOT_PASSWORD: '1' } })
  await m.clock.advance(5000)
  const log = server.logs
    .lines()
    .map(({ text }) => text)
    .join('\n')
  const [, password] = /GENERATED ROOT PASSWORD: (\w{32})/.exec(log) ?? []
  expect((await m.exec(server, ['mysql', '-uroot', '-e', 'SELECT 1'])).code).toBe(1)
  expect((await m.exec(server, ['mysql', '-uroot', `-p${password}`, '-Ne', 'SELECT 1'])).out).toBe('1\n')
})

it('psql shows tables and lists as PostgreSQL does', async () => {
  const m = machine()
  const server = m.run('postgres:16', { env: { POSTGRES_PASSWORD: 'secret', POSTGRES_DB: 'shop' } })
  await m.clock.advance(5000)
  const psql = async (...args: string[]) => {
    const { out, err } = await m.exec(server, ['psql', '-U', 'postgres', '-d', 'shop', ...args])
    return out + err
  }
  expect(
    await psql(
      '-c',
      'CREATE TABLE t (id serial PRIMARY KEY, name text NOT NULL)',
      '-c',
      "INSERT INTO t (name) VALUES ('a'), ('bcd')",
    ),
  ).toBe('CREATE TABLE\nINSERT 0 2\n')
  expect(await psql('-c', 'SELECT * FROM t')).toBe(' id | name \n----+------\n  1 | a\n  2 | bcd\n(2 rows)\n\n')
  expect(await psql('-tAc', 'SELECT count(*) FROM t')).toBe('2\n')
  expect(await psql('-c', 'SELECT * FROM x')).toBe(
    'ERROR:  relation "x" does not exist\nLINE 1: SELECT * FROM x\n                      ^\n',
  )
  expect(
    await psql(
      '-c',
      'DROP TABLE IF EXISTS none',
      '-c',
      'CREATE TABLE IF NOT EXISTS t (id int)',
      '-c',
      'SELECT * FROM ;',
    ),
  ).toBe(
    'DROP TABLE\nCREATE TABLE\nNOTICE:  table "none" does not exist, skipping\nNOTICE:  relation "t" already exists, skipping\nERROR:  syntax error at or near ";"\nLINE 1: SELECT * FROM ;\n                      ^\n',
  )
  expect(await psql('-c', '\\dt')).toBe(
    '        List of relations\n Schema | Name | Type  |  Owner   \n--------+------+-------+----------\n public | t    | table | postgres\n(1 row)\n\n',
  )
  expect(await psql('-c', '\\d t')).toContain('Indexes:\n    "t_pkey" PRIMARY KEY, btree (id)\n')
  const stranger = await m.exec(server, [
    'sh',
    '-c',
    'PGPASSWORD=wrong psql -h 127.0.0.1 -U postgres shop -c "SELECT 1"',
  ])
  expect([stranger.code, stranger.err]).toEqual([
    2,
    'psql: error: connection to server at "127.0.0.1", port 5432 failed: FATAL:  password authentication failed for user "postgres"\n',
  ])
})

it('a prompt talks', async () => {
  const m = machine()
  const server = m.run('mysql:8.0', { env: { MYSQL_ALLOW_EMPTY_PASSWORD: '1' } })
  await m.clock.advance(5000)
  const session = server.exec({ argv: ['mysql', '-uroot'], stdin: true, tty: true })
  let screen = ''
  session.onOutput((_stream, data) => (screen += data))
  for (const line of [
    'create database x;',
    'use x',
    'create table t (n int);',
    'insert into t',
    'values (1), (2);',
    'select * from t;',
    'nonsense;',
    'exit',
  ])
    session.writeStdin(`${line}\n`)
  await m.clock.advance(5000)
  const said = screen.replaceAll('\r', '')
  expect(said.slice(said.indexOf('mysql> '))).toMatchInlineSnapshot(`
    "mysql> Query OK, 1 row affected (0.00 sec)

    mysql> Database changed
    mysql> Query OK, 0 rows affected (0.00 sec)

    mysql>     -> Query OK, 2 rows affected (0.00 sec)
    Records: 2  Duplicates: 0  Warnings: 0

    mysql> +---+
    | n |
    +---+
    | 1 |
    | 2 |
    +---+
    2 rows in set (0.00 sec)

    mysql> ERROR 1064 (42000): You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'nonsense' at line 1

    mysql> Bye
    "
  `)
})

it('who types into its port is told so, and nothing breaks', async () => {
  const m = machine()
  const pod = m.sandbox('db')
  const server = m.run('postgres:16', { env: { POSTGRES_PASSWORD: 'x' } }, pod)
  const queue = m.sandbox('queue')
  m.run('rabbitmq:4', {}, queue)
  const shell = m.run('nicolaka/netshoot', { command: ['sleep', '1d'] }, m.sandbox('shell'))
  await m.clock.advance(5000)
  const say = async (text: string, ip: string, port: number) =>
    (await m.exec(shell, ['sh', '-c', `printf '${text}' | nc -w 1 ${ip} ${port}`])).out
  expect(await say('hello\\n', pod.ips[0]!, 5432)).toBe('its wire protocol is not simulated\r\n')
  expect(await say('login %%zz\\n', pod.ips[0]!, 5432)).toBe('its wire protocol is not simulated\r\n')
  expect(await say('login postgres x\\nhello\\n', pod.ips[0]!, 5432)).toMatch(/^welcome /)
  expect(await say('hello\\n', queue.ips[0]!, 5672)).toBe('')
  expect((await m.exec(server, ['psql', '-U', 'postgres', '-tAc', 'SELECT 1'])).out).toBe('1\n')
})

it('a dump of PostgreSQL has keys and defaults, and makes the same database again', async () => {
  const m = machine()
  const server = m.run('postgres:17', { env: { POSTGRES_PASSWORD: 'x' } })
  await m.clock.advance(5000)
  const sh = async (script: string) => {
    const { out, err } = await m.exec(server, ['bash', '-c', script])
    return out + err
  }
  await sh(`psql -U postgres <<EOF
CREATE TABLE team (id SERIAL PRIMARY KEY, name VARCHAR(20) NOT NULL UNIQUE);
CREATE TABLE person (id INT PRIMARY KEY, team INT REFERENCES team(id), note TEXT DEFAULT 'none');
CREATE INDEX by_team ON person (team);
INSERT INTO team (name) VALUES ('it''s'), ('b');
INSERT INTO person VALUES (7, 2);
EOF`)
  const dump = await sh('pg_dump -U postgres postgres')
  for (const line of [
    '    id serial,',
    '    name character varying(20) NOT NULL,',
    '    CONSTRAINT team_pkey PRIMARY KEY (id),',
    '    CONSTRAINT team_name_key UNIQUE (name)',
    "    note text DEFAULT 'none',",
    '    CONSTRAINT person_team_fkey FOREIGN KEY (team) REFERENCES public.team(id)',
    'CREATE INDEX by_team ON public.person (team);',
    "INSERT INTO public.person VALUES (7, 2, 'none');",
  ])
    expect(dump.split('\n').map(each => each.replace(/,$/, ''))).toContain(line.replace(/,$/, ''))
  const restored =
    "psql -U postgres -c 'CREATE DATABASE again'; pg_dump -U postgres postgres | psql -qU postgres -d again"
  expect(await sh(restored)).toBe('CREATE DATABASE\n')
  expect(await sh('pg_dump -U postgres again')).toBe(dump)
})

it('PostgreSQL’s small tools make databases and roles', async () => {
  const m = machine()
  const server = m.run('postgres:16', { env: { POSTGRES_PASSWORD: 'x' } })
  await m.clock.advance(10_000)
  const sh = async (script: string) => {
    const { code, out, err } = await m.exec(server, ['bash', '-c', script])
    return `${code} ${out}${err}`
  }
  expect(await sh('createdb -U postgres shop; psql -U postgres -lqt | grep -c " shop "')).toBe('0 1\n')
  expect(await sh('createdb -U postgres shop')).toBe(
    '1 createdb: error: database creation failed: ERROR:  database "shop" already exists\n',
  )
  expect(await sh('createuser -U postgres bob && createdb -U postgres -O bob x')).toMatch(/^1 /)
  expect(await sh('dropdb -U postgres shop')).toBe('0 ')
  expect(await sh('dropdb -U postgres shop')).toBe(
    '1 dropdb: error: database removal failed: ERROR:  database "shop" does not exist\n',
  )
  expect(await sh('dropdb -U postgres --if-exists shop; dropdb')).toContain('missing required argument database name\n')
})

it('psql gives COPY what it reads, and ends a script at its first error when it is told to', async () => {
  const m = machine()
  const server = m.run('postgres:16', { env: { POSTGRES_PASSWORD: 'p' } })
  await m.clock.advance(10_000)
  const run = async (script: string) => {
    const { code, out, err } = await m.exec(server, ['bash', '-c', `export PGUSER=postgres; ${script}`])
    return `${code} ${out}${err}`
  }
  expect(await run("psql -c 'CREATE TABLE t (n int, s text)'")).toBe('0 CREATE TABLE\n')
  expect(await run("printf '1,a\\n2,b\\n' | psql -c 'COPY t FROM STDIN CSV'")).toBe('0 COPY 2\n')
  expect(await run("printf 'COPY t FROM stdin;\\n3\\tc\\n' | psql")).toBe('0 COPY 1\n')
  const script = "printf 'SELECT nobody;\\nDELETE FROM t;\\n' > /tmp/a.sql; psql -v ON_ERROR_STOP=1 -f /tmp/a.sql"
  expect(await run(script)).toMatch(/^3 psql:\/tmp\/a.sql:1: ERROR/)
  expect(await run("psql -tAc 'SELECT count(*) FROM t'")).toBe('0 3\n')
})

it('mysqladmin asks before it drops, and knows what it does not do from what nobody does', async () => {
  const m = machine()
  const server = m.run('mysql:8.0', { env: { MYSQL_ALLOW_EMPTY_PASSWORD: '1', MYSQL_DATABASE: 'shop' } })
  await m.clock.advance(20_000)
  const run = async (script: string) => {
    const { code, out, err } = await m.exec(server, ['bash', '-c', script])
    return `${code} ${out}${err}`
  }
  expect(await run('echo n | mysqladmin drop shop')).toMatch(
    /^1 .*\n.*\n\nDo you .* 'shop' database \[y\/N\] \nOK, aborting/,
  )
  expect(await run('echo y | mysqladmin drop shop')).toMatch(/\[y\/N\] Database "shop" dropped\n$/)
  expect(await run('mysqladmin -f drop shop')).toContain(
    "DROP DATABASE shop failed; error: 'Can't drop database 'shop'",
  )
  expect(await run('mysqladmin drop')).toBe('1 mysqladmin: Too few arguments to drop\n')
  expect(await run('mysqladmin frob')).toBe("1 mysqladmin: Unknown command: 'frob'\n")
  expect(await run('mysqladmin flush-logs')).toBe('126 mysqladmin: flush-logs is not simulated\n')
})
