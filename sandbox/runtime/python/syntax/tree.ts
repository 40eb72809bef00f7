/** What Python source is made of: expressions and statements, each with its place, as the parser makes them and the evaluator walks them. */
import type { Value } from '../objects/values.ts'

export interface Place {
  line: number
  column: number
  endLine: number
  endColumn: number
}

/** Where a name lives: so many functions up, or among the module's. Filled in by `scope.ts`. */
export type Home = number | 'global' | 'class' | undefined

export type Expression = Place &
  (
    | { kind: 'constant'; value: Value }
    | { kind: 'name'; id: string; home: Home }
    | { kind: 'joined'; parts: (string | Formatted)[] }
    | { kind: 'tuple' | 'list' | 'set'; items: Expression[] }
    | { kind: 'dict'; keys: (Expression | undefined)[]; values: Expression[] }
    | { kind: 'unary'; op: string; operand: Expression }
    | { kind: 'binary'; op: string; left: Expression; right: Expression; opColumn?: number }
    | { kind: 'logic'; op: 'and' | 'or'; values: Expression[] }
    | { kind: 'compare'; left: Expression; ops: string[]; others: Expression[] }
    | { kind: 'call'; callee: Expression; args: Expression[]; keywords: Keyword[]; open: number }
    | { kind: 'attribute'; value: Expression; name: string }
    | { kind: 'subscript'; value: Expression; index: Expression }
    | { kind: 'slice'; lower?: Expression; upper?: Expression; step?: Expression }
    | { kind: 'starred'; value: Expression }
    | { kind: 'choice'; test: Expression; body: Expression; otherwise: Expression }
    | { kind: 'lambda'; code: FunctionCode; parameters: Parameters }
    | { kind: 'comprehension'; makes: 'list' | 'set' | 'dict' | 'generator'; code: FunctionCode; clauses: Clause[] }
    | { kind: 'yield'; value?: Expression }
    | { kind: 'yieldFrom'; value: Expression }
    | { kind: 'await'; value: Expression }
    | { kind: 'named'; target: Name; value: Expression }
  )

export type Name = Extract<Expression, { kind: 'name' }>
export type Call = Extract<Expression, { kind: 'call' }>
export type Comprehension = Extract<Expression, { kind: 'comprehension' }>

export interface Formatted {
  value: Expression
  conversion?: string
  /** The source, where it ends with `=`. */
  shown?: string
  spec?: Extract<Expression, { kind: 'joined' }>
  /** With its braces. */
  place: Place
}

/** `**mapping` has no name. */
export interface Keyword {
  name?: string
  value: Expression
}

export interface Clause {
  /** `async for`. */
  waits?: boolean
  target: Expression
  source: Expression
  conditions: Expression[]
}

export interface Parameter {
  name: string
  kind: 'positional' | 'either' | 'keyword'
  fallback?: Expression
  annotation?: Expression
}

export interface Parameters {
  list: Parameter[]
  rest?: string
  keywords?: string
}

/** A function's body, or a module's, a class's, a comprehension's: whatever has names of its own. */
export interface FunctionCode {
  name: string
  line: number
  body: Statement[]
  /** Of a lambda or a comprehension. */
  result?: Expression
  /** Of a dict's comprehension. */
  resultKey?: Expression
  generates: boolean
  /** `async def`. */
  waits?: boolean
  file: string
  /** Names that are its own. */
  locals: Set<string>
  /** Of a whole file. */
  warnings?: readonly Warning[]
}

export type Statement = Place &
  (
    | { kind: 'expression'; value: Expression }
    | { kind: 'assign'; targets: Expression[]; value: Expression }
    | { kind: 'augment'; target: Expression; op: string; value: Expression }
    | { kind: 'annotate'; target: Expression; annotation: Expression; value?: Expression }
    | { kind: 'if'; test: Expression; body: Statement[]; otherwise: Statement[] }
    | { kind: 'while'; test: Expression; body: Statement[]; otherwise: Statement[] }
    | {
        kind: 'for'
        waits?: boolean
        target: Expression
        source: Expression
        body: Statement[]
        otherwise: Statement[]
      }
    | { kind: 'def'; code: FunctionCode; parameters: Parameters; decorators: Expression[] }
    | {
        kind: 'class'
        code: FunctionCode
        bases: Expression[]
        keywords: Keyword[]
        decorators: Expression[]
        name: string
        home: Home
      }
    | { kind: 'return'; value?: Expression }
    | { kind: 'pass' | 'break' | 'continue' }
    | { kind: 'raise'; exception?: Expression; cause?: Expression }
    | { kind: 'try'; body: Statement[]; handlers: Handler[]; otherwise: Statement[]; finally: Statement[] }
    | { kind: 'with'; waits?: boolean; items: { context: Expression; target?: Expression }[]; body: Statement[] }
    | { kind: 'import'; names: { module: string; alias?: Name; top: Name }[] }
    | { kind: 'from'; module: string; level: number; names: { name: string; alias: Name }[] }
    | { kind: 'global' | 'nonlocal'; names: string[] }
    | { kind: 'assert'; test: Expression; message?: Expression }
    | { kind: 'delete'; targets: Expression[] }
    | { kind: 'match'; subject: Expression; cases: Case[] }
  ) & { name_?: Name }

export type Def = Extract<Statement, { kind: 'def' }>
export type ClassDef = Extract<Statement, { kind: 'class' }>

/** What the compiler finds odd: told on standard error before the program begins. */
export interface Warning {
  line: number
  message: string
}

export interface Handler extends Place {
  /** `except*`: it takes what it wants of a group. */
  ofGroup?: boolean
  type?: Expression
  name?: Name
  body: Statement[]
}

export interface Case {
  pattern: Pattern
  guard?: Expression
  body: Statement[]
}

export type Pattern =
  | { kind: 'any' }
  | { kind: 'bind'; target: Name; inner?: Pattern }
  | { kind: 'value'; value: Expression }
  | { kind: 'or'; choices: Pattern[] }
  | { kind: 'sequence'; items: Pattern[]; star?: number }
  | { kind: 'mapping'; keys: Expression[]; values: Pattern[]; rest?: Name }
  | { kind: 'instance'; type: Expression; args: Pattern[]; names: string[]; named: Pattern[] }

/** What cannot be read as Python: where, and in CPython's words. */
export class BadSyntax extends Error {
  readonly place: Place
  readonly type: 'SyntaxError' | 'IndentationError' | 'TabError'
  constructor(message: string, place: Place, type: BadSyntax['type'] = 'SyntaxError') {
    super(message)
    this.place = place
    this.type = type
  }
}

/** Python that is right, and that the simulation does not do. Nobody can catch it: the program ends, and says so. */
export class NotSimulated extends Error {}
