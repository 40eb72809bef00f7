/** Windows, WITH, views and sets of rows, as PostgreSQL and MariaDB have answered. */
import { beforeEach, describe, expect, it } from 'vitest'
import { contentOf } from '../images/databases/sql/begin.ts'
import { type Dialect, SqlError } from './dialect.ts'
import { Engine } from './engine.ts'
import { mysqlError } from './mysql-words.ts'
import { postgresError } from './postgres-words.ts'
import type { Session } from './session.ts'

const DIALECTS: readonly Dialect[] = ['mysql', 'postgres']

function sessionOf(dialect: Dialect): Session {
  const engine = new Engine({
    dialect,
    version: '8.4.6',
    content: contentOf({ databases: ['app'], accounts: { root: '' } }),
    variables: new Map(),
    clock: { now: () => Date.UTC(2026, 0, 5) },
    random: () => 0.5,
    onChange: () => {},
  })
  return engine.session('root', 'app')
}

describe.each(DIALECTS)('%s', dialect => {
  let session: Session
  const ask = (sql: string): unknown => {
    try {
      return session.execute(sql).found?.rows
    } catch (error) {
      if (!(error instanceof SqlError)) throw error
      return dialect === 'mysql' ? mysqlError(error.wrong, true).message : postgresError(error.wrong).message
    }
  }
  const either = <T>(mysql: T, postgres: T): T => (dialect === 'mysql' ? mysql : postgres)

  beforeEach(() => {
    session = sessionOf(dialect)
    ask('CREATE TABLE emp (id INT PRIMARY KEY, name VARCHAR(20), dept VARCHAR(20), salary INT, boss INT)')
    ask(
      "INSERT INTO emp VALUES (1,'Ann','it',500,NULL),(2,'Bob','it',300,1),(3,'Cy','hr',300,1),(4,'Di','hr',200,3),(5,'Ed','it',300,2)",
    )
  })

  it('numbers and ranks rows within windows', () => {
    expect(
      ask(
        'SELECT ROW_NUMBER() OVER (ORDER BY salary DESC, id) n, RANK() OVER (PARTITION BY dept ORDER BY salary DESC) r, DENSE_RANK() OVER (ORDER BY salary) d, NTILE(2) OVER (ORDER BY id) t FROM emp ORDER BY id',
      ),
    ).toEqual([
      [1, 1, 3, 1],
      [2, 2, 2, 1],
      [3, 1, 2, 1],
      [5, 2, 1, 2],
      [4, 2, 2, 2],
    ])
  })

  it('has windows over tables without rows, and its own order of texts', () => {
    ask('CREATE TABLE none (a INT)')
    expect(ask('SELECT ROW_NUMBER() OVER (ORDER BY a), SUM(a) OVER () FROM none')).toEqual([])
    ask("INSERT INTO emp VALUES (6, 'ann', 'IT', 100, 1)")
    expect(ask("SELECT name, RANK() OVER (ORDER BY name) FROM emp WHERE name < 'b' OR id = 6 ORDER BY id")).toEqual(
      either(
        [
          ['Ann', 1],
          ['ann', 1],
        ],
        [
          ['Ann', 1],
          ['Bob', 2],
          ['Cy', 3],
          ['Di', 4],
          ['Ed', 5],
          ['ann', 6],
        ],
      ),
    )
    expect(ask('SELECT COUNT(*) OVER (PARTITION BY dept) FROM emp WHERE id IN (1, 6)')).toEqual(
      either([[2], [2]], [[1], [1]]),
    )
  })

  it('sums up to a row, over its group, and around it', () => {
    expect(
      ask(
        'SELECT SUM(salary) OVER (PARTITION BY dept) a, SUM(salary) OVER (ORDER BY salary) b, SUM(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) c, LAG(name) OVER w l, LAST_VALUE(id) OVER w v FROM emp WINDOW w AS (PARTITION BY dept ORDER BY id) ORDER BY id',
      ),
    ).toEqual([
      [1100, 1600, 3, null, 1],
      [1100, 1100, 6, 'Ann', 2],
      [500, 1100, 9, null, 3],
      [500, 200, 12, 'Cy', 4],
      [1100, 1100, 9, 'Bob', 5],
    ])
  })

  it('looks at groups once they are made', () => {
    expect(ask('SELECT dept, RANK() OVER (ORDER BY COUNT(*) DESC) FROM emp GROUP BY dept ORDER BY dept')).toEqual([
      ['hr', 2],
      ['it', 1],
    ])
    expect(ask('SELECT name FROM emp WHERE ROW_NUMBER() OVER () = 1')).toBe(
      either(
        "You cannot use the window function 'row_number' in this context.'",
        'window functions are not allowed in WHERE',
      ),
    )
  })

  it('selects from selects, in FROM and behind WITH', () => {
    expect(
      ask(
        'SELECT t.name FROM (SELECT name, ROW_NUMBER() OVER (PARTITION BY dept ORDER BY id) rn FROM emp) t WHERE rn = 1 ORDER BY 1',
      ),
    ).toEqual([['Ann'], ['Cy']])
    expect(
      ask(
        'WITH c AS (SELECT dept, COUNT(*) n FROM emp GROUP BY dept), big AS (SELECT * FROM c WHERE n > 2) SELECT e.name, big.n FROM emp e JOIN big ON big.dept = e.dept ORDER BY e.id',
      ),
    ).toEqual([
      ['Ann', 3],
      ['Bob', 3],
      ['Ed', 3],
    ])
    expect(ask('SELECT * FROM (SELECT 1)')).toBe(
      either('Every derived table must have its own alias', 'subquery in FROM must have an alias'),
    )
  })

  it('goes on from what it has found', () => {
    expect(
      ask(
        'WITH RECURSIVE chain(id, depth) AS (SELECT id, 0 FROM emp WHERE boss IS NULL UNION ALL SELECT e.id, c.depth + 1 FROM emp e JOIN chain c ON e.boss = c.id) SELECT * FROM chain ORDER BY id',
      ),
    ).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 2],
      [5, 2],
    ])
    const endless = ask('WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i FROM n) SELECT * FROM n')
    expect(endless).toBe(
      either(
        'Recursive query aborted after 1001 iterations. Try increasing @@cte_max_recursion_depth to a larger value.',
        'so many rows of a recursive query is not simulated',
      ),
    )
  })

  it('takes rows away, and those of both; INTERSECT binds more', () => {
    expect(ask('SELECT dept FROM emp EXCEPT SELECT dept FROM emp WHERE salary = 500')).toEqual([['hr']])
    expect(ask("SELECT dept FROM emp EXCEPT ALL SELECT 'it' ORDER BY dept")).toEqual([['hr'], ['hr'], ['it'], ['it']])
    expect(ask('SELECT 1 UNION SELECT 2 INTERSECT SELECT 3')).toEqual([[1]])
    expect(ask('SELECT 1, 2 EXCEPT SELECT 1')).toBe(
      either(
        'The used SELECT statements have a different number of columns',
        'each EXCEPT query must have the same number of columns',
      ),
    )
  })

  it('shows by a view what its tables hold now', () => {
    ask("CREATE VIEW v AS SELECT name, salary * 2 AS twice FROM emp WHERE dept = 'hr'")
    ask("INSERT INTO emp VALUES (6, 'Flo', 'hr', 10, 1)")
    expect(ask('SELECT * FROM v WHERE twice < 500 ORDER BY twice')).toEqual([
      ['Flo', 20],
      ['Di', 400],
    ])
    expect(ask('CREATE VIEW v AS SELECT 1')).toBe(either("Table 'v' already exists", 'relation "v" already exists'))
    ask('CREATE OR REPLACE VIEW v (a) AS SELECT 1')
    expect(ask('SELECT a FROM v')).toEqual([[1]])
    expect(ask("INSERT INTO v VALUES ('x', 1)")).toBe('changing rows through a view is not simulated')
    expect(ask('DROP TABLE v')).toBe(either("Unknown table 'app.v'", '"v" is not a table'))
    expect(ask('DROP VIEW emp')).toBe(either("'app.emp' is not VIEW", '"emp" is not a view'))
    const itself = ask('CREATE OR REPLACE VIEW v AS SELECT * FROM v')
    expect(itself ?? ask('SELECT * FROM v')).toBe(
      either("Table 'app.v' doesn't exist", 'infinite recursion detected in rules for relation "v"'),
    )
    ask('CREATE OR REPLACE VIEW v AS SELECT 1 AS a')
    ask('CREATE VIEW w AS SELECT * FROM v')
    ask('CREATE OR REPLACE VIEW v AS SELECT * FROM w')
    expect(ask('SELECT * FROM w')).toBe(
      either('`app`.`w` contains view recursion', 'infinite recursion detected in rules for relation "w"'),
    )
    ask('DROP VIEW v')
    expect(ask('DROP VIEW v')).toBe(either("Unknown table 'app.v'", 'view "v" does not exist'))
  })
})

it('PostgreSQL has series, rows that are written out, and aggregates of some rows', () => {
  const session = sessionOf('postgres')
  const ask = (sql: string) => session.execute(sql).found?.rows
  expect(ask('SELECT n FROM generate_series(1, 5, 2) AS n')).toEqual([[1], [3], [5]])
  expect(ask("SELECT y FROM (VALUES (1, 'a'), (2, 'b')) AS t(x, y) WHERE x = 2")).toEqual([['b']])
  expect(ask('SELECT COUNT(*) FILTER (WHERE n > 2) FROM generate_series(1, 5) AS n')).toEqual([[3]])
  expect(
    ask(
      'SELECT a.n, b.n FROM generate_series(1, 2) AS a(n) FULL JOIN generate_series(2, 3) AS b(n) ON a.n = b.n ORDER BY a.n, b.n',
    ),
  ).toEqual([
    [1, null],
    [2, 2],
    [null, 3],
  ])
})
