/** What the three shells say when something is wrong: ash in busybox images, dash as Debian's sh, bash. */
import type { ErrnoCode } from '../errno.ts'
import { words } from '../errno.ts'
import type { TestError } from './builtins/test.ts'
import type { ArithmeticError } from './expansion/arithmetic.ts'

export interface Dialect {
  name: 'ash' | 'dash' | 'bash'
  /** Before every message. */
  prefix(shell: string, line: number, interactive: boolean): string
  notFound(command: string): string
  cannotExecute(command: string, code: ErrnoCode): string
  cannotOpen(path: string, code: ErrnoCode): string
  cannotCreate(path: string, code: ErrnoCode): string
  /** @param name of the builtin that wants to go there: bash has more than one */
  cannotCd(path: string, code: ErrnoCode, line: number, name: string): string
  /** @param name `.` or `source` */
  cannotSource(path: string, code: ErrnoCode, line: number, name: string): string
  unset(name: string): string
  /** What `${name?}` says, and `${name:?}`, which wants more than nothing. */
  missing(orNull: boolean): string
  readOnly(name: string): string
  arithmetic(error: ArithmeticError, expression: string): string
  badSubstitution: string
  cannotFork: string
  notANumber(text: string): string
  notAMode(text: string): string
  notASymbolicMode(text: string): string
  /** A question to `test` or `[` that makes no sense. */
  test(name: string, error: TestError, question: readonly string[]): string
  /** Exit status after an error that ends the shell. */
  fatalStatus: number
  /** Exit status of a command whose redirection has failed. */
  redirectStatus: number
}

/** ash and dash have words of their own for a path that leads nowhere. */
const leadsNowhere = (code: ErrnoCode): boolean => code === 'ENOENT' || code === 'ENOTDIR'

const lower = (code: ErrnoCode): string => (leadsNowhere(code) ? 'no such file' : words(code))

/** What is wrong with a word; an empty one is not named. */
const of = (word: string, wrong: string): string => (word ? `${word}: ${wrong}` : wrong)

/** bash's words for letters that make no mode: who it is for and what happens to it comes first, then what. */
function symbolicFault(mode: string): string {
  const [, rest = ''] = /^(?:[ugoa]*(?:[-+=][rwxXst]*)+,)*[ugoa]*(.*)$/s.exec(mode) ?? []
  const [, wrong = ''] = /^[-+=]+[rwxXst]*(.*)$/s.exec(rest) ?? []
  return wrong
    ? `\`${wrong[0]}': invalid symbolic mode character`
    : `\`${rest[0] ?? '\0'}': invalid symbolic mode operator`
}

export const DIALECTS: Record<Dialect['name'], Dialect> = {
  ash: {
    name: 'ash',
    prefix: (shell, _line, _interactive) => `${shell}: `,
    notFound: command => `${command}: not found`,
    cannotExecute: (command, code) => `${command}: ${leadsNowhere(code) ? 'not found' : words(code)}`,
    cannotOpen: (path, code) => `can't open ${path}: ${lower(code)}`,
    cannotCreate: (path, code) => `can't create ${path}: ${leadsNowhere(code) ? 'nonexistent directory' : words(code)}`,
    cannotCd: (path, code, line) => `cd: line ${line}: can't cd to ${path}: ${words(code)}`,
    cannotSource: (path, code, line, name) => `${name}: line ${line}: can't open '${path}': ${words(code)}`,
    unset: name => `${name}: parameter not set`,
    missing: orNull => `parameter not set${orNull ? ' or null' : ''}`,
    readOnly: name => `${name}: is read only`,
    arithmetic: ({ wrong }) =>
      wrong === 'divide by zero'
        ? 'divide by zero'
        : wrong === 'exponent'
          ? 'exponent less than 0'
          : wrong === 'depth'
            ? 'expression recursion loop detected'
            : 'arithmetic syntax error',
    badSubstitution: 'syntax error: bad substitution',
    cannotFork: "can't fork: Resource temporarily unavailable",
    notANumber: text => `Illegal number: ${text}`,
    notAMode: text => `illegal mode: ${text}`,
    notASymbolicMode: text => `illegal mode: ${text}`,
    test: (_name, { wrong, word }) => {
      const words = {
        operand: `${word}: unknown operand`,
        number: of(word, 'bad number'),
        argument: of(word, 'argument expected'),
        parenthesis: 'closing paren expected',
        bracket: 'missing ]',
      }
      return words[wrong]
    },
    fatalStatus: 2,
    redirectStatus: 1,
  },
  dash: {
    name: 'dash',
    prefix: (shell, line) => `${shell}: ${line}: `,
    notFound: command => `${command}: not found`,
    cannotExecute: (command, code) => `${command}: ${leadsNowhere(code) ? 'not found' : words(code)}`,
    cannotOpen: (path, code) => `cannot open ${path}: ${leadsNowhere(code) ? 'No such file' : words(code)}`,
    cannotCreate: (path, code) =>
      `cannot create ${path}: ${leadsNowhere(code) ? 'Directory nonexistent' : words(code)}`,
    cannotCd: path => `cd: can't cd to ${path}`,
    cannotSource: (path, code) => `.: cannot open ${path}: ${code === 'ENOENT' ? 'No such file' : words(code)}`,
    unset: name => `${name}: parameter not set`,
    missing: orNull => `parameter not set${orNull ? ' or null' : ''}`,
    readOnly: name => `${name}: is read only`,
    arithmetic: ({ wrong, rest }, expression) =>
      wrong === 'value'
        ? `Illegal number: ${rest}`
        : wrong === 'divide by zero'
          ? `arithmetic expression: division by zero: "${expression}"`
          : `arithmetic expression: expecting ${['left over', 'digit', 'assignment'].includes(wrong) ? 'EOF' : 'primary'}: "${expression}"`,
    badSubstitution: 'Bad substitution',
    cannotFork: 'Cannot fork',
    notANumber: text => `Illegal number: ${text}`,
    notAMode: text => `Illegal number: ${text}`,
    notASymbolicMode: text => `Illegal mode: ${text}`,
    test: (name, { wrong, word }, question) => {
      const words = {
        operand: of(question[0] ?? '', 'unexpected operator'),
        number: `Illegal number: ${word}`,
        argument: of(word, 'argument expected'),
        parenthesis: 'closing paren expected',
        bracket: 'missing ]',
      }
      return `${name}: ${words[wrong]}`
    },
    fatalStatus: 2,
    redirectStatus: 2,
  },
  bash: {
    name: 'bash',
    prefix: (shell, line, interactive) => (interactive ? `${shell}: ` : `${shell}: line ${line}: `),
    notFound: command => `${command}: command not found`,
    cannotExecute: (command, code) => `${command}: ${words(code)}`,
    cannotOpen: (path, code) => `${path}: ${words(code)}`,
    cannotCreate: (path, code) => `${path}: ${code === 'EEXIST' ? 'cannot overwrite existing file' : words(code)}`,
    cannotCd: (path, code, _line, name) => `${name}: ${path}: ${words(code)}`,
    cannotSource: (path, code) => `${path}: ${words(code)}`,
    unset: name => `${name}: unbound variable`,
    missing: orNull => (orNull ? 'parameter null or not set' : 'parameter not set'),
    readOnly: name => `${name}: readonly variable`,
    arithmetic: ({ wrong, rest, within }, source) => {
      const expression = within ?? (wrong === 'digit' ? source.trim() : source.trimStart())
      const what = {
        value: 'syntax error',
        'divide by zero': 'division by 0',
        operand: 'syntax error: operand expected',
        'left over': 'syntax error in expression',
        assignment: 'attempted assignment to non-variable',
        digit: 'value too great for base',
        exponent: 'exponent less than 0',
        depth: 'expression recursion level exceeded',
      }
      const token = wrong === 'divide by zero' ? expression.split(/[/%]/).pop()!.trim() : rest || expression
      return `${expression}: ${what[wrong]} (error token is "${token}")`
    },
    badSubstitution: 'bad substitution',
    cannotFork: 'fork: Resource temporarily unavailable',
    notANumber: text => `${text}: numeric argument required`,
    notAMode: text => `${text}: octal number out of range`,
    notASymbolicMode: symbolicFault,
    test: (name, { wrong, word }, question) => {
      const operand =
        question.length === 2
          ? `${question[0]}: unary operator expected`
          : question.length === 3
            ? `${question[1]}: binary operator expected`
            : word.startsWith('-') && word !== question.at(-1)
              ? `syntax error: \`${word}' unexpected`
              : 'too many arguments'
      const words = {
        operand,
        number: `${word}: integer expression expected`,
        argument: operand,
        parenthesis: "`)' expected",
        bracket: "missing `]'",
      }
      return `${name}: ${words[wrong]}`
    },
    fatalStatus: 1,
    redirectStatus: 1,
  },
}
