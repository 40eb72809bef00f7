/** Statements as they are understood. Places (`at`) are those of the text. */
import type { Type } from './values.ts'

export type Expression =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'default' }
  | { kind: 'column'; table?: string; name: string; at: number }
  | { kind: 'variable'; name: string; at: number }
  | { kind: 'unary'; operator: '-' | '+' | 'not'; operand: Expression }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  | { kind: 'like'; operand: Expression; pattern: Expression; negated: boolean; caseless: boolean; regexp: boolean }
  | { kind: 'between'; operand: Expression; low: Expression; high: Expression; negated: boolean }
  | { kind: 'in'; operand: Expression; among: readonly Expression[] | Select; negated: boolean }
  | { kind: 'is'; operand: Expression; what: null | boolean; negated: boolean }
  | { kind: 'exists'; select: Select }
  | { kind: 'scalar'; select: Select }
  | {
      kind: 'case'
      operand?: Expression
      branches: readonly { when: Expression; result: Expression }[]
      otherwise?: Expression
    }
  | { kind: 'cast'; operand: Expression; type: Type }
  | Call

export interface Call {
  kind: 'call'
  name: string
  args: readonly Expression[]
  star: boolean
  distinct: boolean
  at: number
  /** FILTER: the rows that an aggregate counts. */
  filter?: Expression
  /** Reckoned over the rows around each row. */
  over?: Window
}

export interface Order {
  expression: Expression
  descending: boolean
}

/** A bound of a frame: so many rows before (below zero) or behind the row; without an end, or the row itself. */
export type Bound = { rows: Expression; behind: boolean } | 'first' | 'current' | 'last'

export interface Window {
  /** One that WINDOW has defined, which this one goes on from, and where it is named. */
  name?: string
  at?: number
  partitionBy: readonly Expression[]
  orderBy: readonly Order[]
  frame?: { by: 'rows' | 'range'; from: Bound; to: Bound }
}

/** A SELECT with a name for the statement that it stands before. */
export interface Common {
  name: string
  columns?: readonly string[]
  select: Select
}

export interface Named {
  database?: string
  table: string
  at: number
}

export interface Source extends Named {
  alias: string
  /** In place of a table: rows of a SELECT, or a series of numbers. */
  select?: Select
  series?: readonly Expression[]
  /** Other names for its columns. */
  columns?: readonly string[]
  /** How it is joined to what stands before. */
  join: 'inner' | 'left' | 'right' | 'full' | 'cross'
  on?: Expression
  /** Columns of USING. */
  using?: readonly string[]
}

export interface Item {
  /** Absent: all columns, of one table or of all. */
  expression?: Expression
  table?: string
  /** Its name in the result. */
  alias?: string
  /** As it was written. */
  text: string
}

export interface Select {
  kind: 'select'
  distinct: boolean
  items: readonly Item[]
  from: readonly Source[]
  where?: Expression
  groupBy: readonly Expression[]
  having?: Expression
  orderBy: readonly Order[]
  limit?: Expression
  offset?: Expression
  /** Others whose rows are added or taken away; order and limit are then those of all together. */
  unions?: readonly Combined[]
  /** Rows that are written out. */
  values?: readonly (readonly Expression[])[]
  /** WITH; `recursive` ones may name themselves. */
  common?: readonly Common[]
  recursive?: boolean
  /** WINDOW, by name. */
  windows?: ReadonlyMap<string, Window>
}

export interface Combined {
  operator: 'union' | 'except' | 'intersect'
  all: boolean
  select: Select
  at: number
}

export interface ColumnTree {
  name: string
  type: Type
  notNull: boolean
  primary: boolean
  unique: boolean
  counts: boolean
  default?: Expression
  /** The default as it was written. */
  defaultText?: string
  /** What it becomes when its row changes. */
  onUpdate?: Expression
  references?: Reference
}

/** What becomes of rows that point at one which goes, or gets another key; absent: it may not. */
export type Action = 'cascade' | 'set null'

export interface Reference {
  table: string
  columns: readonly string[]
  onDelete?: Action
  onUpdate?: Action
}

export interface KeyTree {
  kind: 'primary' | 'unique' | 'index' | 'foreign'
  name?: string
  columns: readonly string[]
  references?: Reference
}

export interface Change {
  column: string
  at: number
  value: Expression
}

/** What becomes of a row that is like another in a key: in any, in the one with these columns, or in one by its name. */
export interface Doubles {
  columns?: readonly string[]
  constraint?: string
  /** It is left out, its place is taken, or what is there is changed. */
  fate: 'skip' | 'replace' | readonly Change[]
  /** Of those that are there, the ones that are changed. */
  where?: Expression
  /** How the row is called that has not come in. */
  alias?: string
}

/** What somebody may do, in MySQL's words, and to what: everything where neither is named. */
export interface Right {
  rights: readonly string[]
  on: { database?: string; table?: string; here?: true }
}

/** Rows as lines, from the client or to it. */
export interface Copy {
  kind: 'copy'
  table: Named
  columns?: readonly string[]
  comes: boolean
  style: { csv: boolean; header: boolean; delimiter: string; nothing: string }
}

export type Statement =
  | Select
  | Copy
  | {
      kind: 'insert'
      table: Named
      columns?: readonly string[]
      rows: readonly (readonly Expression[])[] | Select
      doubles?: Doubles
      returning?: readonly Item[]
    }
  | {
      kind: 'update'
      table: Named
      set: readonly Change[]
      where?: Expression
      returning?: readonly Item[]
    }
  | { kind: 'delete'; table: Named; where?: Expression; returning?: readonly Item[] }
  | { kind: 'createDatabase'; name: string; mayExist: boolean }
  | { kind: 'dropDatabase'; name: string; mayLack: boolean }
  | {
      kind: 'createTable'
      table: Named
      columns: readonly ColumnTree[]
      keys: readonly KeyTree[]
      mayExist: boolean
      next?: number
    }
  | { kind: 'dropTable'; tables: readonly Named[]; mayLack: boolean }
  | { kind: 'truncate'; table: Named }
  | { kind: 'createView'; view: Named; columns?: readonly string[]; select: Select; text: string; replace: boolean }
  | { kind: 'dropView'; views: readonly Named[]; mayLack: boolean }
  | { kind: 'addColumn'; table: Named; column: ColumnTree }
  | { kind: 'dropColumn'; table: Named; column: string; at: number }
  | { kind: 'renameTable'; table: Named; to: string }
  | { kind: 'createIndex'; table: Named; name: string; columns: readonly string[]; unique: boolean }
  | { kind: 'use'; database: string }
  | {
      kind: 'show'
      what:
        | 'databases'
        | 'tables'
        | 'variables'
        | 'columns'
        | 'status'
        | 'grants'
        | 'processlist'
        | 'index'
        | 'tableStatus'
        | 'engines'
        | 'createDatabase'
        | 'warnings'
        | 'create'
        | 'setting'
      table?: Named
      database?: string
      /** Of settings: as those have them who come from now on. */
      global?: boolean
      like?: string
      /** With more columns. */
      full?: boolean
      /** Whose rights; absent: one's own. */
      account?: string
    }
  | { kind: 'createUser'; name?: string; password?: string; mayExist: boolean; alter: boolean }
  | { kind: 'dropUser'; names: readonly string[]; mayLack: boolean }
  | { kind: 'grant'; to: readonly { name: string; password?: string }[]; right?: Right; option: boolean }
  | { kind: 'revoke'; rights: readonly string[]; on?: Right['on']; from: readonly string[] }
  | { kind: 'set'; name: string; value: Expression; global: boolean }
  | { kind: 'begin' }
  | { kind: 'commit' }
  | { kind: 'rollback' }
  | { kind: 'follow'; settings: Readonly<Record<string, string>> }
  | { kind: 'replica'; verb: 'start' | 'stop' | 'status' | 'source' | 'logs' }
  /** `right`: what MySQL wants for it. */
  | { kind: 'nothing'; tag: string; right?: string }

/** The statements of some kinds. */
export type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>
