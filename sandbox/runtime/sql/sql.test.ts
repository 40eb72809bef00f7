/** SQL statements, in both dialects. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentOf } from '../images/databases/sql/begin.ts'
import { type Dialect, SqlError } from './dialect.ts'
import { Engine } from './engine.ts'
import { statements } from './lexer.ts'
import { mysqlError } from './mysql-words.ts'
import { postgresError } from './postgres-words.ts'
import type { Session } from './session.ts'

function engineOf(dialect: Dialect, clock = { now: () => Date.UTC(2026, 0, 5) }, version = '8.4.6'): Engine {
  return new Engine({
    dialect,
    version,
    content: contentOf({ databases: ['app'], accounts: { root: '' } }),
    variables: new Map([
      ['autocommit', 'ON'],
      ['max_connections', '151'],
      ['version', version],
      ['wait_timeout', '28800'],
    ]),
    clock,
    random: () => 0.5,
    onChange: () => {},
  })
}

const session = (...of: Parameters<typeof engineOf>): Session => engineOf(...of).session('root', 'app')

/** What each statement comes to: rows, rows changed, or what is wrong with it. */
function play(to: Session, sql: string, dialect: Dialect = 'mysql'): unknown[] {
  const { whole, rest } = statements(sql)
  return [...whole, rest]
    .filter(one => one.trim())
    .map(one => {
      try {
        const { found, affected, tag } = to.execute(one.trim())
        return found ? found.rows : dialect === 'mysql' ? affected : tag
      } catch (error) {
        if (!(error instanceof SqlError)) throw error
        return dialect === 'mysql' ? mysqlError(error.wrong, true).message : postgresError(error.wrong).message
      }
    })
}

const last = (to: Session, sql: string, dialect?: Dialect): unknown => play(to, sql, dialect).at(-1)

const PEOPLE = `CREATE TABLE people (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(10) NOT NULL, town TEXT);
INSERT INTO people (name, town) VALUES ('Ann', 'Bern'), ('Bob', NULL), ('Cy', 'Bern');
CREATE TABLE orders (id INT PRIMARY KEY, person INT, price DECIMAL(8,2), FOREIGN KEY (person) REFERENCES people (id));
INSERT INTO orders VALUES (1, 1, 9.5), (2, 1, 3), (3, 3, 7);`

it.each(['upper()', 'abs(1, 2)', "replace('a', 'b')", 'sum()'])('%s has not the arguments that it needs', call => {
  const name = call.replace(/\(.*/, '')
  const of = (dialect: Dialect) => last(session(dialect), `SELECT ${call}`, dialect)
  expect(of('mysql')).toBe(`Incorrect parameter count in the call to native function '${name}'`)
  expect(of('postgres')).toBe(`function ${name}() does not exist`)
})

describe('rows', () => {
  it('are found, joined, grouped and ordered', () => {
    const to = session('mysql')
    play(to, PEOPLE)
    expect(last(to, "SELECT name FROM people WHERE town = 'bern' AND id > 1")).toEqual([['Cy']])
    expect(last(to, 'SELECT * FROM people WHERE town IS NULL')).toEqual([[2, 'Bob', null]])
    expect(
      last(
        to,
        'SELECT p.name, COUNT(o.id) AS n, SUM(price) FROM people p LEFT JOIN orders o ON o.person = p.id GROUP BY p.name HAVING n < 3 ORDER BY n DESC, name LIMIT 2',
      ),
    ).toEqual([
      ['Ann', 2, 12.5],
      ['Cy', 1, 7],
    ])
    expect(last(to, 'SELECT name FROM people WHERE id IN (SELECT person FROM orders) ORDER BY 1 DESC')).toEqual([
      ['Cy'],
      ['Ann'],
    ])
    expect(last(to, 'SELECT MAX(id), COUNT(*) FROM people WHERE id > 9')).toEqual([[null, 0]])
    expect(last(to, 'SELECT COUNT(*), VERSION(), DATABASE() FROM people WHERE id > 9')).toEqual([[0, '8.4.6', 'app']])
    expect(last(to, "SELECT CASE WHEN 1 = 2 THEN 'no' ELSE CONCAT('a', 'b') END, 7 DIV 2, NULL + 1")).toEqual([
      ['ab', 3, null],
    ])
    expect(last(to, 'SELECT DISTINCT town FROM people')).toEqual([['Bern'], [null]])
  })

  it('are refused where a column or a key does not allow them', () => {
    const to = session('mysql')
    play(to, PEOPLE)
    expect(
      play(
        to,
        `INSERT INTO people VALUES (1, 'Dan', '');
INSERT INTO people (town) VALUES ('x');
INSERT INTO people (name) VALUES (NULL);
INSERT INTO people (name) VALUES ('much too long for it');
INSERT INTO people (id, name) VALUES ('x', 'Eve');
INSERT INTO people VALUES (7);
INSERT INTO orders VALUES (4, 99, 1);
DELETE FROM people WHERE id = 1;
SELECT nothing FROM people;
SELECT * FROM nobody;
SELEC 1;
SELECT COUNT(*) FROM people`,
      ),
    ).toEqual([
      "Duplicate entry '1' for key 'people.PRIMARY'",
      "Field 'name' doesn't have a default value",
      "Column 'name' cannot be null",
      "Data too long for column 'name' at row 1",
      "Incorrect integer value: 'x' for column 'id' at row 1",
      "Column count doesn't match value count at row 1",
      'Cannot add or update a child row: a foreign key constraint fails',
      'Cannot delete or update a parent row: a foreign key constraint fails',
      "Unknown column 'nothing' in 'field list'",
      "Table 'app.nobody' doesn't exist",
      "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near 'SELEC 1' at line 1",
      [[3]],
    ])
  })

  it('are changed and go', () => {
    const to = session('mysql')
    play(to, PEOPLE)
    expect(
      play(
        to,
        "UPDATE people SET town = 'Rome', name = UPPER(name) WHERE id < 3; DELETE FROM orders; TRUNCATE people; INSERT INTO people (name) VALUES ('Z'); SELECT * FROM people",
      ),
    ).toEqual([2, 3, 0, 1, [[1, 'Z', null]]])
  })

  it('of a transaction are there for others when it is over, or never', () => {
    const mine = session('mysql')
    play(mine, PEOPLE)
    expect(
      play(mine, 'BEGIN; DELETE FROM orders; SELECT COUNT(*) FROM orders; ROLLBACK; SELECT COUNT(*) FROM orders'),
    ).toEqual([0, 3, [[0]], 0, [[3]]])
  })

  it('come in the words of PostgreSQL too', () => {
    const to = session('postgres')
    expect(
      play(
        to,
        `CREATE TABLE t (id SERIAL PRIMARY KEY, name VARCHAR(3) UNIQUE, ok BOOLEAN DEFAULT true);
INSERT INTO t (name) VALUES ('a'), ('b') RETURNING id;
INSERT INTO T (name) VALUES ('a');
INSERT INTO t (name) VALUES ('long');
UPDATE t SET ok = 'f' WHERE name ILIKE 'A';
SELECT id, 'x' || name, ok, 7 / 2 FROM t ORDER BY id DESC;
SELECT * FROM "T";
SELECT 1 +`,
        'postgres',
      ),
    ).toEqual([
      'CREATE TABLE',
      [[1], [2]],
      'duplicate key value violates unique constraint "t_name_key"',
      'value too long for type character varying(3)',
      'UPDATE 1',
      [
        [2, 'xb', true, 3],
        [1, 'xa', false, 3],
      ],
      'relation "T" does not exist',
      'syntax error at end of input',
    ])
  })

  it('leave out what is like another in the key that is named, and nothing else', () => {
    const to = session('postgres')
    expect(
      play(
        to,
        `CREATE TABLE t (id INT PRIMARY KEY, name TEXT UNIQUE, note TEXT);
INSERT INTO t VALUES (1, 'a', 'x');
INSERT INTO t VALUES (1, 'b', 'x'), (2, 'b', 'x') ON CONFLICT (id) DO NOTHING;
INSERT INTO t VALUES (3, 'a', 'x') ON CONFLICT (id) DO NOTHING;
INSERT INTO t VALUES (3, 'a', 'x') ON CONFLICT DO NOTHING;
INSERT INTO t VALUES (3, 'a', 'x') ON CONFLICT ON CONSTRAINT t_name_key DO NOTHING;
INSERT INTO t VALUES (3, 'c', 'x') ON CONFLICT (note) DO NOTHING;
INSERT INTO t VALUES (3, 'c', 'x') ON CONFLICT ON CONSTRAINT other DO NOTHING;
INSERT INTO t VALUES (1, 'a', 'x') ON CONFLICT (id) DO UPDATE SET note = 'y'`,
        'postgres',
      ).slice(2),
    ).toEqual([
      'INSERT 0 1',
      'duplicate key value violates unique constraint "t_name_key"',
      'INSERT 0 0',
      'INSERT 0 0',
      'there is no unique or exclusion constraint matching the ON CONFLICT specification',
      'constraint "other" for table "t" does not exist',
      'INSERT 0 1',
    ])
  })

  it('of a server tell who there is, and whose password is whose is its own affair', () => {
    const to = session('mysql')
    expect(
      play(
        to,
        "CREATE DATABASE mysql; CREATE USER 'app'@'%' IDENTIFIED BY 's'; GRANT ALL ON app.* TO 'app'@'%'; SELECT User FROM mysql.user; CREATE USER app; DROP USER app; CREATE TABLE e (kind ENUM('a', 'b') DEFAULT 'a'); SHOW CREATE TABLE e",
      ).slice(3),
    ).toEqual([
      [['app'], ['root'], ['mysql.infoschema'], ['mysql.session'], ['mysql.sys'], ['root']],
      "Operation CREATE USER failed for 'app'@'%'",
      0,
      0,
      [
        [
          'e',
          "CREATE TABLE `e` (\n  `kind` enum('a','b') DEFAULT 'a'\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci",
        ],
      ],
    ])
  })

  it('that are not simulated are refused loudly', () => {
    const to = session('mysql')
    for (const sql of ['CREATE TEMPORARY TABLE t (id INT)', 'EXPLAIN SELECT 1', 'SET @x = 1', 'LOCK TABLES t READ'])
      expect(last(to, sql), sql).toMatch(/is not simulated$|are not simulated$/)
  })

  it('is for one session what it has set, and for all what it has set for all', () => {
    const engine = engineOf('mysql')
    const [to, other] = [engine.session('root', 'app'), engine.session('root', 'app')]
    expect(
      play(
        to,
        'SET wait_timeout = 5; SELECT @@wait_timeout, @@global.wait_timeout; SET max_connections = 9; SET GLOBAL max_connections = 9; SET version = 1; SET autocommit = 0; SET autocommit = 1; SET nothing = 1; SET PERSIST max_connections = 7',
      ),
    ).toEqual([
      0,
      [[5, 28800]],
      "Variable 'max_connections' is a GLOBAL variable and should be set with SET GLOBAL",
      0,
      "Variable 'version' is a read only variable",
      'another autocommit is not simulated',
      0,
      "Unknown system variable 'nothing'",
      'SET PERSIST is not simulated',
    ])
    expect(last(other, 'SELECT @@wait_timeout, @@max_connections')).toEqual([[28800, 9]])
  })

  it('is nothing that is accepted without effect', () => {
    let now = Date.UTC(2026, 0, 5)
    const to = session('mysql', { now: () => now })
    play(
      to,
      "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, n INT, kind ENUM('a', 'b'), at DATETIME DEFAULT NOW() ON UPDATE NOW()) ENGINE=InnoDB AUTO_INCREMENT=100 DEFAULT CHARSET=utf8mb4; INSERT INTO t (n) VALUES (1)",
    )
    now += 60_000
    expect(play(to, "UPDATE t SET n = 2; SELECT id, n, at FROM t; UPDATE t SET kind = 'c'")).toEqual([
      1,
      [[100, 2, '2026-01-05 00:01:00']],
      "Data truncated for column 'kind' at row 1",
    ])
    expect(
      play(
        to,
        "CREATE TABLE u (n INT) PARTITION BY HASH (n); CREATE TABLE u (n geometry); REVOKE ALL ON app.* FROM root; FLUSH TABLES WITH READ LOCK; CREATE USER x IDENTIFIED BY 'p' REQUIRE SSL; SET PASSWORD = 'x'; GRANT ALL ON app.* TO nobody; GRANT ALL ON app.* TO nobody IDENTIFIED BY 'x'",
      ),
    ).toEqual([
      'PARTITION of a table is not simulated',
      'the type geometry is not simulated',
      "There is no such grant defined for user 'root' on host '%'",
      'this FLUSH is not simulated',
      'REQUIRE of an account is not simulated',
      0,
      'You are not allowed to create a user with GRANT',
      'You are not allowed to create a user with GRANT',
    ])
    const old = session('mysql', undefined, '5.7.44')
    expect(play(old, "GRANT ALL ON app.* TO 'me'@'%' IDENTIFIED BY 'x'; DROP USER me")).toEqual([0, 0])
    const postgres = session('postgres')
    expect(
      play(
        postgres,
        "CREATE ROLE app WITH LOGIN PASSWORD 'p'; GRANT ALL ON SCHEMA public TO app; GRANT ALL ON t TO nobody; CREATE ROLE app2 VALID UNTIL 'x'; SET client_encoding = 'UTF8'; SET max_connections = 3; SET LOCAL work_mem = 1",
        'postgres',
      ),
    ).toEqual([
      'CREATE ROLE',
      'GRANT',
      'role "nobody" does not exist',
      'VALID of a role is not simulated',
      'SET',
      'parameter "max_connections" cannot be changed without restarting the server',
      'SET LOCAL is not simulated',
    ])
  })

  it('that would take for ever are refused', () => {
    const to = session('mysql')
    to.execute('CREATE TABLE t (n INT)')
    to.execute(`INSERT INTO t VALUES ${Array.from({ length: 200 }, (_, i) => `(${i})`).join(',')}`)
    expect(last(to, 'SELECT COUNT(*) FROM t a, t b, t c')).toBe('looking at so many rows is not simulated')
    expect(last(to, "SELECT LENGTH(REPEAT(REPEAT('a', 100000), 100000))")).toEqual([[null]])
  })

  it('a table of any rows gives all of them back, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.string({ maxLength: 12 })), { maxLength: 12 }), rows => {
        const to = session('mysql')
        to.execute('CREATE TABLE t (n INT, s TEXT)')
        const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
        for (const [n, s] of rows) to.execute(`INSERT INTO t VALUES (${n}, ${quoted(s)})`)
        expect(to.execute('SELECT n, s FROM t').found?.rows).toEqual(rows)
        expect(to.execute('SELECT n FROM t ORDER BY n').found?.rows.flat()).toEqual(
          rows.map(([n]) => n).sort((a, b) => a - b),
        )
      }),
      { numRuns: 50 },
    )
  })
})
