/** MySQL's errors: number, SQLSTATE, text. */
import type { Wrong } from './dialect.ts'

export interface MysqlError {
  code: number
  state: string
  message: string
}

const error = (code: number, state: string, message: string): MysqlError => ({ code, state, message })

const shown = (value: unknown): string => String(value ?? 'NULL')

/** Where MariaDB has gone its own way since. */
function mariaError(wrong: Wrong): MysqlError | undefined {
  switch (wrong.kind) {
    case 'viewToDrop':
      return error(4092, '42S02', `Unknown VIEW: '${wrong.database}.${wrong.view}'`)
    case 'notAView':
      return error(4092, '42S02', `Unknown VIEW: '${wrong.database}.${wrong.name}'`)
    case 'windowHere':
      return error(4015, 'HY000', 'Window function is allowed only in SELECT list and ORDER BY clause')
    case 'unknownWindow':
      return error(4009, 'HY000', `Window specification with name '${wrong.name}' is not defined`)
    default:
      return undefined
  }
}

/** @param newer 8.0.19 and later name a key with its table's name before it */
export function mysqlError(wrong: Wrong, newer: boolean, maria = false): MysqlError {
  const own = maria ? mariaError(wrong) : undefined
  if (own) return own
  switch (wrong.kind) {
    case 'syntax':
      return error(
        1064,
        '42000',
        `You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '${wrong.near.slice(0, 80)}' at line 1`,
      )
    case 'noDatabase':
      return error(1046, '3D000', 'No database selected')
    case 'unknownDatabase':
      return error(1049, '42000', `Unknown database '${wrong.database}'`)
    case 'databaseToDrop':
      return error(1008, 'HY000', `Can't drop database '${wrong.database}'; database doesn't exist`)
    case 'databaseExists':
      return error(1007, 'HY000', `Can't create database '${wrong.database}'; database exists`)
    case 'unknownTable':
      return error(1146, '42S02', `Table '${wrong.database}.${wrong.table}' doesn't exist`)
    case 'tableToDrop':
      return error(1051, '42S02', `Unknown table '${wrong.database}.${wrong.table}'`)
    case 'tableExists':
      return error(1050, '42S01', `Table '${wrong.table}' already exists`)
    case 'unknownColumn':
      return wrong.clause === 'key'
        ? error(1072, '42000', `Key column '${wrong.column}' doesn't exist in table`)
        : error(
            1054,
            '42S22',
            `Unknown column '${wrong.column}' in '${wrong.clause === 'set' ? 'field list' : wrong.clause}'`,
          )
    case 'ambiguousColumn':
      return error(1052, '23000', `Column '${wrong.column}' in ${wrong.clause} is ambiguous`)
    case 'duplicateColumn':
      return error(1060, '42S21', `Duplicate column name '${wrong.column}'`)
    case 'unknownFunction':
      return error(1305, '42000', `FUNCTION ${wrong.database && `${wrong.database}.`}${wrong.name} does not exist`)
    case 'argumentCount':
      return error(1582, '42000', `Incorrect parameter count in the call to native function '${wrong.name}'`)
    case 'duplicate':
      return error(
        1062,
        '23000',
        `Duplicate entry '${wrong.values.map(shown).join('-')}' for key '${newer ? `${wrong.table}.` : ''}${wrong.key}'`,
      )
    case 'notNull':
      return error(1048, '23000', `Column '${wrong.column}' cannot be null`)
    case 'noDefault':
      return error(1364, 'HY000', `Field '${wrong.column}' doesn't have a default value`)
    case 'valueCount':
      return error(1136, '21S01', `Column count doesn't match value count at row ${wrong.row}`)
    case 'notAmong':
      return error(1265, '01000', `Data truncated for column '${wrong.column}' at row ${wrong.row}`)
    case 'tooLong':
      return error(1406, '22001', `Data too long for column '${wrong.column}' at row ${wrong.row}`)
    case 'badValue': {
      const { family } = wrong.type
      const what = family === 'float' ? 'double' : family
      const code = family === 'date' || family === 'datetime' ? 1292 : 1366
      const state = code === 1292 ? '22007' : 'HY000'
      return error(
        code,
        state,
        `Incorrect ${what} value: '${wrong.value}' for column '${wrong.column}' at row ${wrong.row}`,
      )
    }
    case 'referenced':
      return wrong.parent
        ? error(1451, '23000', 'Cannot delete or update a parent row: a foreign key constraint fails')
        : error(1452, '23000', 'Cannot add or update a child row: a foreign key constraint fails')
    case 'divisionByZero':
      return error(1365, '22012', 'Division by 0')
    case 'roleExists':
      return error(1396, 'HY000', `Operation CREATE USER failed for '${wrong.role}'@'%'`)
    case 'unknownRole':
      return error(
        1396,
        'HY000',
        `Operation ${wrong.command} failed for ${wrong.roles.map(role => `'${role}'@'%'`).join(',')}`,
      )
    case 'readOnly':
      return error(
        1290,
        'HY000',
        `The MySQL server is running with the ${wrong.option} option so it cannot execute this statement`,
      )
    case 'unknownVariable':
      return error(1193, 'HY000', `Unknown system variable '${wrong.name}'`)
    case 'settingOfAll':
      return error(1229, 'HY000', `Variable '${wrong.name}' is a GLOBAL variable and should be set with SET GLOBAL`)
    case 'settingReadOnly':
      return error(1238, 'HY000', `Variable '${wrong.name}' is a read only variable`)
    case 'grantToNobody':
      return error(1410, '42000', 'You are not allowed to create a user with GRANT')
    case 'unionColumns':
      return error(1222, '21000', 'The used SELECT statements have a different number of columns')
    case 'derivedWithoutName':
      return error(1248, '42000', 'Every derived table must have its own alias')
    case 'windowHere':
      return error(3593, 'HY000', `You cannot use the window function '${wrong.name}' in this context.'`)
    case 'windowWithoutOver':
      return error(
        1064,
        '42000',
        `You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '${wrong.name}()' at line 1`,
      )
    case 'unknownWindow':
      return error(3579, 'HY000', `Window name '${wrong.name}' is not defined.`)
    case 'tooDeep':
      return error(
        3636,
        'HY000',
        `Recursive query aborted after ${wrong.rounds} iterations. Try increasing @@cte_max_recursion_depth to a larger value.`,
      )
    case 'viewToDrop':
      return error(1051, '42S02', `Unknown table '${wrong.database}.${wrong.view}'`)
    case 'viewOfItself':
      return error(1462, 'HY000', `\`${wrong.database}\`.\`${wrong.view}\` contains view recursion`)
    case 'notATable':
      return error(1051, '42S02', `Unknown table '${wrong.name}'`)
    case 'notAView':
      return error(1347, 'HY000', `'${wrong.database}.${wrong.name}' is not VIEW`)
    case 'noSuchGrant':
      return error(1141, '42000', `There is no such grant defined for user '${wrong.user}' on host '%'`)
    case 'databaseDenied':
      return error(1044, '42000', `Access denied for user '${wrong.user}'@'%' to database '${wrong.database}'`)
    case 'tableDenied':
      return error(
        1142,
        '42000',
        `${wrong.command} command denied to user ${wrong.user} for table ${maria ? `\`${wrong.database}\`.\`${wrong.table}\`` : `'${wrong.table}'`}`,
      )
    case 'accessDenied':
      return error(
        1045,
        '28000',
        `Access denied for user '${wrong.user}'@'%' (using password: ${wrong.password ? 'YES' : 'NO'})`,
      )
    case 'privilegeNeeded':
      return error(
        1227,
        '42000',
        `Access denied; you need (at least one of) the ${wrong.privilege} privilege(s) for this operation`,
      )
    case 'notKept':
      return error(1030, 'HY000', `Got error 28 - '${wrong.why}' from storage engine`)
    // Asked for by PostgreSQL's statements alone.
    case 'aborted':
    case 'copyFormat':
    case 'copyDelimiter':
    case 'copyView':
    case 'copyLacks':
    case 'copyExtra':
    case 'noSuchKey':
    case 'noConstraint':
    case 'conflictWithoutKey':
    case 'twiceInOneCommand':
      return error(1176, '42000', 'there is no such key')
    case 'unsimulated':
      return error(1235, '42000', `${wrong.what} is not simulated`)
  }
}
