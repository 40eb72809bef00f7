/** An awk program as a tree. */

export type Expression =
  | { type: 'number'; value: number }
  | { type: 'string'; value: string }
  /** Alone it is matched against the record; as an operand of `~`, `split` … it is the pattern itself. */
  | { type: 'regexp'; source: string }
  | { type: 'variable'; name: string }
  | { type: 'element'; name: string; index: Expression[] }
  | { type: 'field'; of: Expression }
  /** `(a, b)`: what `print` prints and what `in` looks for. */
  | { type: 'group'; items: Expression[] }
  | { type: 'assign'; to: Target; operator: string; value: Expression }
  | { type: 'step'; to: Target; by: 1 | -1; before: boolean }
  | { type: 'unary'; operator: '!' | '-' | '+'; of: Expression }
  | { type: 'binary'; operator: string; left: Expression; right: Expression }
  | { type: 'and' | 'or'; left: Expression; right: Expression }
  | { type: 'match'; negated: boolean; left: Expression; right: Expression }
  | { type: 'in'; index: Expression[]; name: string }
  | { type: 'choice'; test: Expression; yes: Expression; no: Expression }
  | { type: 'builtin'; name: string; args: Expression[] }
  | { type: 'call'; name: string; args: Expression[] }
  /** From the next input, a file (`<`) or a command (`|`). */
  | { type: 'getline'; to?: Target; from?: Expression; by?: '<' | '|' }

/** What can be assigned to. */
export type Target = Extract<Expression, { type: 'variable' | 'element' | 'field' }>

export type Statement =
  | { type: 'block'; body: Statement[] }
  | { type: 'expression'; value: Expression }
  | { type: 'print' | 'printf'; args: Expression[]; to?: Expression; how?: '>' | '>>' | '|' }
  | { type: 'if'; test: Expression; yes: Statement; no?: Statement }
  | { type: 'while'; test: Expression; body: Statement }
  | { type: 'do'; test: Expression; body: Statement }
  | { type: 'for'; first?: Statement; test?: Expression; step?: Statement; body: Statement }
  | { type: 'each'; name: string; of: string; body: Statement }
  | { type: 'delete'; name: string; index?: Expression[] }
  | { type: 'next' | 'nextfile' | 'break' | 'continue' }
  | { type: 'exit' | 'return'; value?: Expression }

export interface Rule {
  /** Absent: every record. Two: from the first to the second. */
  pattern?: [Expression] | [Expression, Expression]
  /** Absent: the record is printed. */
  action?: Statement
}

export interface Program {
  begin: Statement[]
  rules: Rule[]
  end: Statement[]
  functions: Map<string, { params: string[]; body: Statement }>
  /** Functions that are called and that there are not. */
  undefined: string[]
}
