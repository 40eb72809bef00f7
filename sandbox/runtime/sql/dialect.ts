/** What differs between the servers that speak SQL: how they quote, name, compare, and what they say when something is wrong. */
import type { Type, Value } from './values.ts'

export type Dialect = 'mysql' | 'postgres'

/** What can be wrong with a statement; `words` has the texts of each server. */
export type Wrong =
  | { kind: 'syntax'; near: string; at: number; atEnd: boolean }
  | { kind: 'noDatabase' }
  | { kind: 'unknownDatabase'; database: string }
  | { kind: 'databaseExists'; database: string }
  | { kind: 'databaseToDrop'; database: string }
  | { kind: 'unknownTable'; database: string; table: string; at: number }
  | { kind: 'tableToDrop'; database: string; table: string }
  | { kind: 'tableExists'; table: string }
  | { kind: 'unknownColumn'; column: string; clause: string; at: number; table?: string }
  | { kind: 'ambiguousColumn'; column: string; clause: string; at: number }
  | { kind: 'duplicateColumn'; column: string; table: string }
  | { kind: 'unknownFunction'; name: string; at: number; database: string }
  | { kind: 'argumentCount'; name: string; at: number }
  | {
      kind: 'duplicate'
      table: string
      columns: readonly string[]
      values: readonly Value[]
      primary: boolean
      key: string
    }
  | { kind: 'noSuchKey' }
  | { kind: 'conflictWithoutKey'; at: number }
  | { kind: 'twiceInOneCommand' }
  | { kind: 'unionColumns'; operator: string; at: number }
  | { kind: 'derivedWithoutName'; at: number }
  | { kind: 'windowHere'; name: string; clause: string; at: number }
  | { kind: 'windowWithoutOver'; name: string; at: number }
  | { kind: 'unknownWindow'; name: string; at: number }
  | { kind: 'tooDeep'; rounds: number }
  | { kind: 'viewToDrop'; database: string; view: string }
  | { kind: 'viewOfItself'; database: string; view: string }
  | { kind: 'notATable'; name: string }
  | { kind: 'notAView'; database: string; name: string }
  | { kind: 'noConstraint'; constraint: string; table: string }
  | { kind: 'notNull'; table: string; column: string; row: readonly Value[] }
  | { kind: 'noDefault'; column: string }
  | { kind: 'valueCount'; row: number; more: boolean }
  | { kind: 'notAmong'; column: string; row: number }
  | { kind: 'tooLong'; column: string; row: number; type: Type }
  | { kind: 'badValue'; column: string; row: number; type: Type; value: string }
  | {
      kind: 'referenced'
      table: string
      constraint: string
      other: string
      columns: readonly string[]
      values: readonly Value[]
      parent: boolean
    }
  | { kind: 'divisionByZero' }
  | { kind: 'aborted' }
  | { kind: 'roleExists'; role: string }
  | { kind: 'unknownRole'; roles: readonly string[]; command: 'ALTER USER' | 'DROP USER' }
  | { kind: 'readOnly'; option: string }
  | { kind: 'unknownVariable'; name: string }
  | { kind: 'settingOfAll'; name: string }
  | { kind: 'settingReadOnly'; name: string }
  | { kind: 'grantToNobody'; role: string }
  | { kind: 'noSuchGrant'; user: string }
  | { kind: 'databaseDenied'; user: string; database: string }
  | { kind: 'tableDenied'; user: string; command: string; database: string; table: string }
  | { kind: 'privilegeNeeded'; privilege: string }
  | { kind: 'accessDenied'; user: string; password: boolean }
  | { kind: 'copyFormat'; format: string; at: number }
  | { kind: 'copyDelimiter' }
  | { kind: 'copyView'; view: string; comes: boolean }
  | { kind: 'copyLacks'; table: string; column: string; line: number; text: string }
  | { kind: 'copyExtra'; table: string; line: number; text: string }
  | { kind: 'notKept'; why: string }
  | { kind: 'unsimulated'; what: string }

/** A statement that failed. */
export class SqlError extends Error {
  readonly wrong: Wrong
  constructor(wrong: Wrong) {
    super(wrong.kind)
    this.wrong = wrong
  }
}

export const fail = (wrong: Wrong): never => {
  throw new SqlError(wrong)
}

export const unsimulated = (what: string): never => fail({ kind: 'unsimulated', what })
