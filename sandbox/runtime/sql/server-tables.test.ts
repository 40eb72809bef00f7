/** What servers show of themselves, who may do what, and COPY. */
import { expect, it } from 'vitest'
import { contentOf } from '../images/databases/sql/begin.ts'
import { type Dialect, SqlError } from './dialect.ts'
import { Engine } from './engine.ts'
import { mysqlError } from './mysql-words.ts'
import { postgresError } from './postgres-words.ts'
import type { Session } from './session.ts'

function engineOf(dialect: Dialect, version: string): Engine {
  const accounts = { root: '', app: 'secret' }
  const databases = dialect === 'mysql' ? ['information_schema', 'mysql', 'shop', 'other'] : ['postgres', 'shop']
  return new Engine({
    dialect,
    version,
    content: contentOf({
      databases,
      accounts,
      ...(dialect === 'mysql' && { belongs: { user: 'app', database: 'shop' } }),
    }),
    variables: new Map([['max_connections', '100']]),
    clock: { now: () => Date.UTC(2026, 0, 5) },
    random: () => 0.5,
    onChange: () => {},
  })
}

/** Rows, or what is wrong, number and text. */
function ask(to: Session, sql: string, dialect: Dialect = 'mysql'): unknown {
  try {
    return to.execute(sql).found?.rows ?? 'done'
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    if (dialect === 'postgres') return postgresError(error.wrong).message
    const { code, message } = mysqlError(error.wrong, true)
    return `${code}: ${message}`
  }
}

it('mysql lists indexes, sizes, connections and the tables of information_schema', () => {
  const engine = engineOf('mysql', '8.0.43')
  const root = engine.session('root', 'shop')
  engine.session('app', 'shop', { ip: '10.244.1.7', port: 41_234 })
  ask(root, 'CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(9), KEY byName (name))')
  ask(root, "INSERT INTO t (name) VALUES ('a'), ('a')")
  expect(root.execute('SHOW INDEX FROM t').found!.rows.map(row => row.slice(1, 7))).toEqual([
    [0, 'PRIMARY', 1, 'id', 'A', 2],
    [1, 'byName', 1, 'name', 'A', 1],
  ])
  ask(root, 'CREATE TABLE two (a INT, b INT, c INT, PRIMARY KEY (a, b))')
  ask(root, 'CREATE TABLE of (a INT, b INT, KEY only (a), FOREIGN KEY (a, b) REFERENCES two (a, b))')
  expect(root.execute('SHOW INDEX FROM of').found!.rows.map(row => [row[2], row[4]])).toEqual([
    ['only', 'a'],
    ['of_ibfk_1', 'a'],
    ['of_ibfk_1', 'b'],
  ])
  ask(root, 'DROP TABLE of, two')
  expect(ask(root, 'SELECT * FROM mysql.db')).toBe('1235: mysql.db is not simulated')
  expect(ask(root, 'SHOW PROCESSLIST')).toEqual([
    [5, 'event_scheduler', 'localhost', null, 'Daemon', 0, 'Waiting on empty queue', null],
    [8, 'root', 'localhost', 'shop', 'Query', 0, 'init', 'SHOW PROCESSLIST'],
    [9, 'app', '10.244.1.7:41234', 'shop', 'Sleep', 0, '', null],
  ])
  expect(ask(root, "SHOW STATUS LIKE 'Threads_connected'")).toEqual([['Threads_connected', '2']])
  expect(ask(root, "SELECT table_name, table_rows FROM information_schema.tables WHERE table_schema = 'shop'")).toEqual(
    [['t', 2]],
  )
  expect(ask(root, 'SELECT user(), current_user()')).toEqual([['root@localhost', 'root@localhost']])
})

it('mysql lets an account do what it was granted, and no more', () => {
  const engine = engineOf('mysql', '8.0.43')
  const [root, app] = [engine.session('root', 'other'), engine.session('app', 'shop', { ip: '10.0.0.1', port: 1 })]
  ask(root, 'CREATE TABLE t (n INT)')
  expect(ask(app, 'SELECT user(), current_user()')).toEqual([['app@10.0.0.1', 'app@%']])
  expect(ask(app, 'SHOW DATABASES')).toEqual([['information_schema'], ['shop']])
  expect(ask(app, 'USE other')).toBe("1044: Access denied for user 'app'@'%' to database 'other'")
  expect(ask(app, 'CREATE DATABASE more')).toBe("1044: Access denied for user 'app'@'%' to database 'more'")
  expect(ask(app, 'SELECT * FROM other.t')).toBe("1142: SELECT command denied to user 'app'@'10.0.0.1' for table 't'")
  expect(ask(app, "CREATE USER x IDENTIFIED BY 'p'")).toBe(
    '1227: Access denied; you need (at least one of) the CREATE USER privilege(s) for this operation',
  )
  ask(root, "GRANT SELECT, INSERT ON other.* TO 'app'@'%'")
  expect(ask(root, "SHOW GRANTS FOR 'app'@'%'")).toEqual([
    ['GRANT USAGE ON *.* TO `app`@`%`'],
    ['GRANT ALL PRIVILEGES ON `shop`.* TO `app`@`%`'],
    ['GRANT SELECT, INSERT ON `other`.* TO `app`@`%`'],
  ])
  expect(ask(app, 'INSERT INTO other.t VALUES (1)')).toBe('done')
  expect(ask(app, 'SELECT n FROM other.t')).toEqual([[1]])
  expect(ask(app, 'DELETE FROM other.t')).toBe("1142: DELETE command denied to user 'app'@'10.0.0.1' for table 't'")
  ask(root, "REVOKE INSERT ON other.* FROM 'app'@'%'")
  expect(ask(app, 'INSERT INTO other.t VALUES (1)')).toMatch(/^1142: INSERT command denied/)
})

it.each([
  ["GRANT ALL ON *.* TO 'app'@'%'", "1045: Access denied for user 'app'@'%' (using password: YES)"],
  ["GRANT SELECT ON other.* TO 'app'@'%'", "1044: Access denied for user 'app'@'%' to database 'other'"],
  ["REVOKE SELECT ON other.t FROM 'app'@'%'", "1142: GRANT command denied to user 'app'@'10.0.0.1' for table 't'"],
  [
    'SET GLOBAL max_connections = 5',
    '1227: Access denied; you need (at least one of) the SUPER or SYSTEM_VARIABLES_ADMIN privilege(s) for this operation',
  ],
  ['FLUSH PRIVILEGES', '1227: Access denied; you need (at least one of) the RELOAD privilege(s) for this operation'],
  [
    'SHOW SLAVE STATUS',
    '1227: Access denied; you need (at least one of) the SUPER, REPLICATION CLIENT privilege(s) for this operation',
  ],
  ['SHOW CREATE TABLE other.t', "1142: SHOW command denied to user 'app'@'10.0.0.1' for table 't'"],
  ['CREATE VIEW other.v AS SELECT 1', "1142: CREATE VIEW command denied to user 'app'@'10.0.0.1' for table 'v'"],
  ["SHOW GRANTS FOR 'root'@'%'", "1044: Access denied for user 'app'@'%' to database 'mysql'"],
  ['SHOW CREATE TABLE shop.own', expect.anything()],
  ["ALTER USER 'app'@'%' IDENTIFIED BY 'mine'", 'done'],
])('mysql answers %s of an account with one database', (sql, answer) => {
  const engine = engineOf('mysql', '8.0.43')
  const app = engine.session('app', 'shop', { ip: '10.0.0.1', port: 1 })
  ask(app, 'CREATE TABLE own (n INT)')
  expect(ask(app, sql)).toEqual(answer)
})

it('mysql lets those give what they have, who may', () => {
  const engine = engineOf('mysql', '8.0.43')
  const [root, app] = [engine.session('root', 'other'), engine.session('app', 'shop')]
  ask(root, "CREATE USER 'more'@'%' IDENTIFIED BY 'p'")
  ask(root, "GRANT SELECT ON other.* TO 'app'@'%' WITH GRANT OPTION")
  expect(ask(app, "GRANT SELECT ON other.t TO 'more'@'%'")).toBe('done')
  expect(ask(app, "GRANT INSERT ON other.* TO 'more'@'%'")).toMatch(/^1044/)
})

it('accounts that are there are not made again, and those that are not stay so', () => {
  const engine = engineOf('mysql', '8.0.43')
  const root = engine.session('root')
  expect(ask(root, "CREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED BY 'other'")).toBe('done')
  expect(engine.content.accounts.get('app')?.password).toBe('secret')
  expect(ask(root, "ALTER USER IF EXISTS bob IDENTIFIED BY 'x'")).toBe('done')
  expect(ask(root, "ALTER USER bob IDENTIFIED BY 'x'")).toBe("1396: Operation ALTER USER failed for 'bob'@'%'")
  expect(ask(root, 'DROP USER app, bob, eve')).toBe("1396: Operation DROP USER failed for 'bob'@'%','eve'@'%'")
  expect(engine.content.accounts.has('app')).toBe(true)
})

it('what defines something ends a transaction of mysql, and an error one of postgres', () => {
  const root = engineOf('mysql', '8.0.43').session('root', 'shop')
  for (const sql of ['CREATE TABLE t (n INT)', 'BEGIN', 'INSERT INTO t VALUES (1)', 'ALTER TABLE t ADD COLUMN m INT'])
    ask(root, sql)
  ask(root, 'ROLLBACK')
  expect(ask(root, 'SELECT n FROM t')).toEqual([[1]])
  expect(ask(root, "SELECT table_name FROM INFORMATION_SCHEMA.TABLES WHERE table_schema = 'shop'")).toEqual([['t']])
  const to = engineOf('postgres', 'PostgreSQL 16.10').session('root', 'shop')
  ask(to, 'BEGIN', 'postgres')
  ask(to, 'SELEC 1', 'postgres')
  expect(ask(to, 'SELECT 1', 'postgres')).toBe(
    'current transaction is aborted, commands ignored until end of transaction block',
  )
  expect(to.execute('COMMIT').tag).toBe('ROLLBACK')
  expect(ask(to, 'SELECT 1', 'postgres')).toEqual([[1]])
})

it('postgres has its catalog, and COPY both ways', () => {
  const engine = engineOf('postgres', 'PostgreSQL 16.10')
  const to = engine.session('root', 'shop')
  const asked = (sql: string): unknown => ask(to, sql, 'postgres')
  asked('CREATE TABLE t (id serial PRIMARY KEY, name varchar(9))')
  expect(to.execute('COPY t (id, name) FROM STDIN', '1\ta\\tb\n2\t\\N\n').tag).toBe('COPY 2')
  expect(to.execute('COPY t TO STDOUT').copied).toBe('1\ta\\tb\n2\t\\N\n')
  expect(to.execute('COPY t TO STDOUT WITH (FORMAT csv, HEADER)').copied).toBe('id,name\n1,a\tb\n2,\n')
  expect(to.execute('COPY t FROM STDIN CSV', '3,"x, ""y"""\n').tag).toBe('COPY 1')
  expect(asked('SELECT name FROM t WHERE id = 3')).toEqual([['x, "y"']])
  expect(() => to.execute('COPY t FROM STDIN', '1\n')).toThrow(SqlError)
  expect(to.execute('COPY t FROM STDIN CSV', '4,a"b, c"\r\n5,"d"\r\n6,').tag).toBe('COPY 3')
  expect(asked('SELECT name FROM t WHERE id > 3 ORDER BY id')).toEqual([['ab, c'], ['d'], [null]])
  asked('DELETE FROM t WHERE id > 3')
  expect(to.execute("COPY t FROM STDIN (DELIMITER '|')", '7|a\\|b\n').tag).toBe('COPY 1')
  expect(to.execute("COPY t TO STDOUT (DELIMITER '|')").copied).toContain('7|a\\|b\n')
  expect(asked('COPY t (nope) TO STDOUT')).toBe('column "nope" of relation "t" does not exist')
  expect(asked('COPY t TO STDOUT (FORMAT xml)')).toBe('COPY format "xml" not recognized')
  asked('CREATE VIEW v AS SELECT 1 AS n')
  expect(asked('COPY v TO STDOUT')).toBe('cannot copy from view "v"')
  expect(asked('SELECT datname FROM pg_database')).toEqual([['postgres'], ['shop']])
  expect(asked("SELECT usename, state FROM pg_stat_activity WHERE datname = 'shop'")).toEqual([['root', 'active']])
  expect(asked("SELECT rolname FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_'")).toEqual([['root'], ['app']])
  expect(asked("SELECT column_name FROM information_schema.columns WHERE table_name = 't'")).toEqual([['id'], ['name']])
  expect(asked('SELECT * FROM pg_locks')).toBe('pg_catalog.pg_locks is not simulated')
  expect(asked('SELECT * FROM nowhere.t')).toBe('relation "nowhere.t" does not exist')
})
