/** What bash has and the shells of `sh` do not: found in a script's tree before it runs, as their parsers stumble over it. */
import type { ParsedScript } from 'unbash'
import type { Dialect } from './dialect.ts'

export interface Stumble {
  pos: number
  message: string
}

interface Node {
  type?: string
  pos?: number
  end?: number
  [key: string]: unknown
}

/** The complaint about a token. @param closer what the shell waits for where it stands */
function say(dialect: Dialect['name'], token: string, closer?: string): string {
  const expecting = closer ? ` (expecting "${closer}")` : ''
  return dialect === 'dash'
    ? `Syntax error: ${token} unexpected${expecting}`
    : `syntax error: unexpected ${token}${expecting}`
}

const NAME = /^[A-Za-z_]\w*$/

const BAD_LOOP = { dash: 'Syntax error: Bad for loop variable', ash: 'syntax error: bad for loop variable' } as const
const BAD_FUNCTION = { dash: 'Syntax error: Bad function name', ash: 'syntax error: bad function name' } as const

/** Why this node is none of the dialect's, if it is not; children are looked at by themselves. */
function stumbles(node: Node, dialect: 'ash' | 'dash', source: string, closer?: string): string | undefined {
  const nameOf = (of: unknown): string => (of as { value: string }).value
  switch (node.type) {
    case 'HereString':
      return say(dialect, 'redirection')
    case 'ArrayValue':
      return say(dialect, '"("', closer)
    case 'ProcessSubstitution':
      return dialect === 'dash' ? say(dialect, '"("', closer) : undefined
    case 'Redirect':
      return dialect === 'dash' && /^[<>]\(/.test((node.target as { text: string } | undefined)?.text ?? '')
        ? say(dialect, 'redirection')
        : undefined
    case 'TestBinary':
      // Brackets of an expression are brackets of the language to who knows no `[[`.
      return node.operator === '=~' && /(?<!\\)\(/.test((node.right as { text: string }).text)
        ? say(dialect, '"("', closer)
        : undefined
    case 'Pipeline':
      return (node.operators as string[]).includes('|&') ? say(dialect, '"&"', closer) : undefined
    case 'For':
      return NAME.test(nameOf(node.name)) ? undefined : BAD_LOOP[dialect]
    case 'ArithmeticFor':
      return BAD_LOOP[dialect]
    case 'Select':
      return say(dialect, '"do"', closer)
    case 'Function': {
      const words = /^function\s+[^\s(]+\s*(\(?)/.exec(source.slice(node.pos))
      if (dialect === 'dash' && words) return say(dialect, words[1] ? '"("' : '"}"', closer)
      return NAME.test(nameOf(node.name)) ? undefined : BAD_FUNCTION[dialect]
    }
    default:
      return undefined
  }
}

/** What ends each part of a compound command. */
const CLOSERS: Readonly<Record<string, string>> = {
  'If.clause': 'then',
  'If.then': 'fi',
  'If.else': 'fi',
  'Elif.clause': 'then',
  'Elif.then': 'fi',
  'CaseItem.body': ';;',
  'While.clause': 'do',
  'While.body': 'done',
  'For.body': 'done',
  'BraceGroup.body': '}',
  'Subshell.body': ')',
}

/** Parts of nodes that the parser works out when they are asked for. */
const LATER: Readonly<Record<string, string>> = { Assignment: 'value', Word: 'parts' }

/** The first place, in the order of the text, that the dialect's parser does not understand. @param closer what ends the text */
export function beyondSh(tree: object, dialect: 'ash' | 'dash', source: string, closer?: string): Stumble | undefined {
  let first: Stumble | undefined
  const visit = (value: unknown, closer: string | undefined): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each, closer)
      return
    }
    if (typeof value !== 'object' || value === null) return
    const node = value as Node
    if (first && (node.pos ?? 0) > first.pos) return
    const message = stumbles(node, dialect, source, closer)
    if (message) first = { pos: node.pos ?? 0, message }
    if (node.type === 'CommandExpansion') {
      const inner = inSubstitution(node, dialect)
      if (inner) first = { pos: node.pos ?? 0, message: inner }
      return
    }
    // Other texts of their own, with places of their own, are read when they run.
    for (const [key, child] of Object.entries(node))
      if (key !== 'script') visit(child, CLOSERS[`${node.type}.${key}`] ?? closer)
    const later = LATER[node.type ?? '']
    if (later) visit(node[later], closer)
  }
  visit(tree, closer)
  return first
}

/** `$(…)` is read with what is around it, unlike what stands between backquotes; its places are counted from its own beginning. */
function inSubstitution(node: Node, dialect: 'ash' | 'dash'): string | undefined {
  const { text, script } = node as { text?: string; script?: ParsedScript }
  return script && text?.startsWith('$(') ? beyondSh(script, dialect, script.source ?? '', ')')?.message : undefined
}
