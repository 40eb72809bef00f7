/** PostgreSQL's errors: text, details, and the place in the statement that they point at. */
import type { Wrong } from './dialect.ts'

export interface PostgresError {
  message: string
  detail?: string
  hint?: string
  /** Where in what has come it was. */
  context?: string
  /** Of a character of the statement, from 0. */
  at?: number
}

/** Clauses as PostgreSQL names them. */
const CLAUSES: Readonly<Record<string, string>> = {
  'where clause': 'WHERE',
  'having clause': 'HAVING',
  'group statement': 'GROUP BY',
  'on clause': 'JOIN conditions',
}

const list = (values: readonly unknown[]): string => values.map(value => value ?? 'null').join(', ')

const contextOf = ({ table, line, text }: { table: string; line: number; text: string }): string =>
  `COPY ${table}, line ${line}: "${text}"`

export function postgresError(wrong: Wrong): PostgresError {
  switch (wrong.kind) {
    case 'syntax':
      return {
        message: wrong.atEnd
          ? 'syntax error at end of input'
          : `syntax error at or near "${/^(\w+|\S)/.exec(wrong.near)?.[0] ?? ''}"`,
        at: wrong.at,
      }
    case 'noDatabase':
      return { message: 'no database is selected' }
    case 'databaseToDrop':
    case 'unknownDatabase':
      return { message: `database "${wrong.database}" does not exist` }
    case 'databaseExists':
      return { message: `database "${wrong.database}" already exists` }
    case 'unknownTable':
      return { message: `relation "${wrong.table}" does not exist`, at: wrong.at }
    case 'tableToDrop':
      return { message: `table "${wrong.table}" does not exist` }
    case 'tableExists':
      return { message: `relation "${wrong.table}" already exists` }
    case 'unknownColumn':
      return {
        message: wrong.table
          ? wrong.clause === 'set' || (wrong.clause === 'field list' && !wrong.at)
            ? `column "${wrong.column}" of relation "${wrong.table}" does not exist`
            : `column ${wrong.table}.${wrong.column} does not exist`
          : `column "${wrong.column}" does not exist`,
        ...(wrong.at && { at: wrong.at }),
      }
    case 'ambiguousColumn':
      return { message: `column reference "${wrong.column}" is ambiguous`, at: wrong.at }
    case 'duplicateColumn':
      return { message: `column "${wrong.column}" of relation "${wrong.table}" already exists` }
    case 'unknownFunction':
    case 'argumentCount':
      return {
        message: `function ${wrong.name}() does not exist`,
        hint: 'No function matches the given name and argument types. You might need to add explicit type casts.',
        at: wrong.at,
      }
    case 'duplicate':
      return {
        message: `duplicate key value violates unique constraint "${wrong.key}"`,
        detail: `Key (${wrong.columns.join(', ')})=(${list(wrong.values)}) already exists.`,
      }
    case 'noSuchKey':
      return { message: 'there is no unique or exclusion constraint matching the ON CONFLICT specification' }
    case 'conflictWithoutKey':
      return {
        message: 'ON CONFLICT DO UPDATE requires inference specification or constraint name',
        hint: 'For example, ON CONFLICT (column_name).',
        at: wrong.at,
      }
    case 'twiceInOneCommand':
      return {
        message: 'ON CONFLICT DO UPDATE command cannot affect row a second time',
        hint: 'Ensure that no rows proposed for insertion within the same command have duplicate constrained values.',
      }
    case 'unionColumns':
      return {
        message: `each ${wrong.operator.toUpperCase()} query must have the same number of columns`,
        at: wrong.at,
      }
    case 'noConstraint':
      return { message: `constraint "${wrong.constraint}" for table "${wrong.table}" does not exist` }
    case 'notNull':
      return {
        message: `null value in column "${wrong.column}" of relation "${wrong.table}" violates not-null constraint`,
        detail: `Failing row contains (${list(wrong.row)}).`,
      }
    case 'noDefault':
      return { message: `column "${wrong.column}" has no default` }
    case 'valueCount':
      return {
        message: wrong.more
          ? 'INSERT has more expressions than target columns'
          : 'INSERT has more target columns than expressions',
      }
    case 'notAmong':
      return { message: `invalid input value for column "${wrong.column}"` }
    case 'tooLong':
      return { message: `value too long for type ${wrong.type.name}` }
    case 'badValue':
      return { message: `invalid input syntax for type ${wrong.type.name}: "${wrong.value}"` }
    case 'referenced': {
      const key = `Key (${wrong.columns.join(', ')})=(${list(wrong.values)})`
      return wrong.parent
        ? {
            message: `update or delete on table "${wrong.other}" violates foreign key constraint "${wrong.constraint}" on table "${wrong.table}"`,
            detail: `${key} is still referenced from table "${wrong.table}".`,
          }
        : {
            message: `insert or update on table "${wrong.table}" violates foreign key constraint "${wrong.constraint}"`,
            detail: `${key} is not present in table "${wrong.other}".`,
          }
    }
    case 'divisionByZero':
      return { message: 'division by zero' }
    case 'roleExists':
      return { message: `role "${wrong.role}" already exists` }
    case 'unknownRole':
      return { message: `role "${wrong.roles[0]}" does not exist` }
    case 'readOnly':
      return { message: 'cannot execute this statement in a read-only transaction' }
    case 'unknownVariable':
      return { message: `unrecognized configuration parameter "${wrong.name}"` }
    case 'settingOfAll':
    case 'settingReadOnly':
      return { message: `parameter "${wrong.name}" cannot be changed without restarting the server` }
    case 'grantToNobody':
      return { message: `role "${wrong.role}" does not exist` }
    case 'derivedWithoutName':
      return {
        message: 'subquery in FROM must have an alias',
        hint: 'For example, FROM (SELECT ...) [AS] foo.',
        at: wrong.at,
      }
    case 'windowHere':
      return { message: `window functions are not allowed in ${CLAUSES[wrong.clause] ?? wrong.clause}`, at: wrong.at }
    case 'windowWithoutOver':
      return { message: `window function ${wrong.name} requires an OVER clause`, at: wrong.at }
    case 'unknownWindow':
      return { message: `window "${wrong.name}" does not exist`, at: wrong.at }
    case 'tooDeep':
      return { message: `more than ${wrong.rounds} rounds of a recursive query are not simulated` }
    case 'viewToDrop':
      return { message: `view "${wrong.view}" does not exist` }
    case 'viewOfItself':
      return { message: `infinite recursion detected in rules for relation "${wrong.view}"` }
    case 'notATable':
      return { message: `"${wrong.name}" is not a table`, hint: 'Use DROP VIEW to remove a view.' }
    case 'notAView':
      return { message: `"${wrong.name}" is not a view`, hint: 'Use DROP TABLE to remove a table.' }
    case 'aborted':
      return { message: 'current transaction is aborted, commands ignored until end of transaction block' }
    case 'copyFormat':
      return { message: `COPY format "${wrong.format}" not recognized`, at: wrong.at }
    case 'copyDelimiter':
      return { message: 'COPY delimiter must be a single one-byte character' }
    case 'copyView':
      return wrong.comes
        ? {
            message: `cannot copy to view "${wrong.view}"`,
            hint: 'To enable copying to a view, provide an INSTEAD OF INSERT trigger.',
          }
        : { message: `cannot copy from view "${wrong.view}"`, hint: 'Try the COPY (SELECT ...) TO variant.' }
    case 'copyLacks':
      return { message: `missing data for column "${wrong.column}"`, context: contextOf(wrong) }
    case 'copyExtra':
      return { message: 'extra data after last expected column', context: contextOf(wrong) }
    // Asked for by MySQL's rights alone.
    case 'noSuchGrant':
    case 'databaseDenied':
    case 'tableDenied':
    case 'privilegeNeeded':
    case 'accessDenied':
      return { message: 'permission denied' }
    case 'notKept':
      return { message: `could not extend file: ${wrong.why}`, hint: 'Check free disk space.' }
    case 'unsimulated':
      return { message: `${wrong.what} is not simulated` }
  }
}
