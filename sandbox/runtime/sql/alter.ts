/** ALTER TABLE and CREATE INDEX: a table with other columns, another name, another key. */
import { type Content, type Table, withTable } from './catalog.ts'
import { fitting, Rows } from './change.ts'
import { columnOf } from './define.ts'
import { fail } from './dialect.ts'
import { evaluate } from './evaluate.ts'
import { rowScope, type World } from './select.ts'
import type { Statement } from './tree.ts'

type Alteration = Extract<Statement, { kind: 'addColumn' | 'dropColumn' | 'renameTable' | 'createIndex' }>

interface Altered {
  content: Content
  outcome: { tag: string; affected: number; records?: number }
}

/** @throws SqlError */
export function alter(statement: Alteration, content: Content, database: string, table: Table, world: World): Altered {
  switch (statement.kind) {
    case 'addColumn': {
      const column = columnOf(statement.column, world.dialect)
      if (table.columns.some(({ name }) => name === column.name))
        fail({ kind: 'duplicateColumn', column: column.name, table: table.name })
      const value = column.default ? evaluate(column.default, rowScope(world, table, [], 'field list')) : null
      const rows = table.rows.map(row => [...row, fitting(value, column, 1, world.dialect)])
      return {
        content: withTable(content, database, table.name, { ...table, columns: [...table.columns, column], rows }),
        outcome: { tag: 'ALTER TABLE', affected: 0, records: 0 },
      }
    }
    case 'dropColumn': {
      const index = table.columns.findIndex(({ name }) => name === statement.column)
      if (index < 0) fail({ kind: 'unknownColumn', column: statement.column, clause: 'field list', at: statement.at })
      const keys = table.keys.filter(key => !key.columns.includes(statement.column))
      const columns = table.columns.toSpliced(index, 1)
      const rows = table.rows.map(row => row.toSpliced(index, 1))
      return {
        content: withTable(content, database, table.name, { ...table, columns, keys, rows }),
        outcome: { tag: 'ALTER TABLE', affected: 0, records: 0 },
      }
    }
    case 'renameTable': {
      const without = withTable(content, database, table.name, undefined)
      return {
        content: withTable(without, database, statement.to, { ...table, name: statement.to }),
        outcome: { tag: 'ALTER TABLE', affected: 0 },
      }
    }
    case 'createIndex': {
      const { columns, unique } = statement
      const name = statement.name || `${table.name}_${columns.join('_')}_idx`
      const made = { ...table, keys: [...table.keys, { kind: unique ? 'unique' : 'index', name, columns } as const] }
      const rows = new Rows(made, world.dialect)
      for (const row of table.rows) rows.add(row)
      return {
        content: withTable(content, database, table.name, made),
        outcome: { tag: 'CREATE INDEX', affected: 0, records: 0 },
      }
    }
  }
}
