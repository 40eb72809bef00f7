/** Rows that meet: like others in a key, pointing at others, of several SELECTs. PostgreSQL's answers are recorded from version 15. */
import { expect, test } from 'vitest'
import { contentOf } from '../images/databases/sql/begin.ts'
import { type Dialect, SqlError } from './dialect.ts'
import { Engine } from './engine.ts'
import { statements } from './lexer.ts'
import { mysqlError } from './mysql-words.ts'
import { postgresError } from './postgres-words.ts'

/** What each statement comes to, for a new database: its rows, how many it changed, or what is wrong with it. */
function play(dialect: Dialect, sql: string): unknown[] {
  const engine = new Engine({
    dialect,
    version: '8.4.6',
    content: contentOf({ databases: ['app'], accounts: { root: '' } }),
    variables: new Map(),
    clock: { now: () => Date.UTC(2026, 0, 5) },
    random: () => 0.5,
    onChange: () => {},
  })
  const to = engine.session('root', 'app')
  return statements(`${sql};`).whole.map(one => {
    try {
      const { found, affected, tag } = to.execute(one.trim())
      return found ? found.rows : dialect === 'mysql' ? affected : tag
    } catch (error) {
      if (!(error instanceof SqlError)) throw error
      if (dialect === 'mysql') return mysqlError(error.wrong, true).message
      const { message, at } = postgresError(error.wrong)
      return at === undefined ? message : [message, one.trim().slice(at)]
    }
  })
}

test('PostgreSQL changes the row that is there on a conflict', () => {
  expect(
    play(
      'postgres',
      `CREATE TABLE t (id int primary key, n int, name text unique);
INSERT INTO t VALUES (1,1,'a'),(2,2,'b');
INSERT INTO t VALUES (1,5,'x') ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n, name = 'q' RETURNING *;
INSERT INTO t VALUES (1,5,'x'),(3,3,'c') ON CONFLICT (id) DO UPDATE SET n = excluded.n;
INSERT INTO t VALUES (1,5,'x') ON CONFLICT (id) DO UPDATE SET n = n + 1;
INSERT INTO t VALUES (1,5,'x') ON CONFLICT DO UPDATE SET n = 1;
INSERT INTO t VALUES (9,5,'b') ON CONFLICT (id) DO UPDATE SET n = 1;
INSERT INTO t VALUES (7,5,'z'),(7,6,'y') ON CONFLICT (id) DO UPDATE SET n = 1;
INSERT INTO t VALUES (1,7,'x') ON CONFLICT (id) DO UPDATE SET n = excluded.n WHERE t.n < 3;
INSERT INTO t VALUES (1,7,'x') ON CONFLICT (n) DO UPDATE SET n = 1;
INSERT INTO t VALUES (1,7,'x') ON CONFLICT (id) DO UPDATE SET m = 1;
INSERT INTO t VALUES (1,7,'x') ON CONFLICT (id) DO UPDATE SET n = excluded.m;
SELECT * FROM t ORDER BY id`,
    ).slice(2),
  ).toEqual([
    [[1, 6, 'q']],
    'INSERT 0 2',
    ['column reference "n" is ambiguous', 'n + 1'],
    ['ON CONFLICT DO UPDATE requires inference specification or constraint name', 'ON CONFLICT DO UPDATE SET n = 1'],
    'duplicate key value violates unique constraint "t_name_key"',
    'ON CONFLICT DO UPDATE command cannot affect row a second time',
    'INSERT 0 0',
    'there is no unique or exclusion constraint matching the ON CONFLICT specification',
    ['column "m" of relation "t" does not exist', 'm = 1'],
    ['column excluded.m does not exist', 'excluded.m'],
    [
      [1, 5, 'q'],
      [2, 2, 'b'],
      [3, 3, 'c'],
    ],
  ])
})

test('MySQL counts two for a row that was changed or took another’s place', () => {
  expect(
    play(
      'mysql',
      `CREATE TABLE t (id INT PRIMARY KEY, n INT DEFAULT 0, name VARCHAR(9) UNIQUE);
INSERT INTO t VALUES (1,1,'a'),(2,2,'b');
INSERT INTO t (id, n) VALUES (1,5) ON DUPLICATE KEY UPDATE n = n + VALUES(n);
INSERT INTO t VALUES (1,9,'a') AS new ON DUPLICATE KEY UPDATE n = new.n + t.n;
INSERT INTO t VALUES (1,9,'a'), (3,3,'c') ON DUPLICATE KEY UPDATE n = 15;
INSERT INTO t VALUES (1,9,'a') ON DUPLICATE KEY UPDATE m = 1;
REPLACE INTO t VALUES (3,7,'a');
REPLACE INTO t (id) VALUES (4);
SELECT * FROM t ORDER BY id`,
    ).slice(2),
  ).toEqual([
    2,
    2,
    1,
    "Unknown column 'm' in 'field list'",
    3,
    1,
    [
      [2, 2, 'b'],
      [3, 7, 'a'],
      [4, 0, null],
    ],
  ])
})

test('rows follow those that they point at', () => {
  expect(
    play(
      'postgres',
      `CREATE TABLE p (id int primary key);
CREATE TABLE c (id int primary key, p int references p(id) on delete cascade);
CREATE TABLE d (id int primary key, p int references p on delete set null on update cascade);
CREATE TABLE e (c int references c(id) on delete cascade);
INSERT INTO p VALUES (1),(2); INSERT INTO c VALUES (1,1),(2,2); INSERT INTO d VALUES (1,1),(2,2); INSERT INTO e VALUES (1), (2);
UPDATE p SET id = 9 WHERE id = 2;
DELETE FROM c WHERE p = 2;
UPDATE p SET id = 9 WHERE id = 2;
DELETE FROM p WHERE id = 1;
SELECT * FROM c; SELECT * FROM d ORDER BY id; SELECT * FROM e`,
    ).slice(8),
  ).toEqual([
    'update or delete on table "p" violates foreign key constraint "c_p_fkey" on table "c"',
    'DELETE 1',
    'UPDATE 1',
    'DELETE 1',
    [],
    [
      [1, null],
      [2, 9],
    ],
    [],
  ])
  const [, , shown] = play(
    'mysql',
    'CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE c (p INT, FOREIGN KEY (p) REFERENCES p (id) ON DELETE CASCADE); SHOW CREATE TABLE c',
  )
  expect(JSON.stringify(shown)).toContain('REFERENCES `p` (`id`) ON DELETE CASCADE')
})

test('several SELECTs are one', () => {
  const set = 'CREATE TABLE t (id int primary key, n int); INSERT INTO t VALUES (1,5),(2,2),(3,3);'
  expect(
    play(
      'postgres',
      `${set}
SELECT id FROM t UNION ALL SELECT n FROM t ORDER BY 1 DESC LIMIT 3;
SELECT 1 AS a UNION SELECT 1 UNION ALL SELECT 2;
SELECT id, n FROM t UNION SELECT 1;
SELECT id FROM t ORDER BY id UNION SELECT 1;
SELECT id FROM t UNION SELECT 1 ORDER BY n;
(SELECT id FROM t ORDER BY id DESC LIMIT 1) UNION ALL (SELECT 42);
SELECT n FROM t WHERE id IN (SELECT 1 UNION SELECT 3) ORDER BY n`,
    ).slice(2),
  ).toEqual([
    [[5], [3], [3]],
    [[1], [2]],
    ['each UNION query must have the same number of columns', '1'],
    ['syntax error at or near "UNION"', 'UNION SELECT 1'],
    ['column "n" does not exist', 'n'],
    [[3], [42]],
    [[3], [5]],
  ])
})
