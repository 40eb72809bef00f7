/** What bash has and the shells of `sh` do not: found in a script's tree before it runs, as their parsers stumble over it. */
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

const say = (dialect: Dialect['name'], token: string): string =>
  dialect === 'dash' ? `Syntax error: ${token} unexpected` : `syntax error: unexpected ${token}`

/** Why this node is none of the dialect's, if it is not; children are looked at by themselves. */
function stumbles(node: Node, dialect: Dialect['name'], source: string): string | undefined {
  switch (node.type) {
    case 'HereString':
      return say(dialect, 'redirection')
    case 'ArrayValue':
      return say(dialect, '"("')
    case 'ProcessSubstitution':
      return dialect === 'dash' ? say(dialect, '"("') : undefined
    case 'Pipeline':
      return (node.operators as string[]).includes('|&') ? say(dialect, '"&"') : undefined
    case 'ArithmeticFor':
      return dialect === 'dash' ? 'Syntax error: Bad for loop variable' : 'syntax error: bad for loop variable'
    case 'Select':
      return say(dialect, '"do"')
    case 'Function':
      return dialect === 'dash' && /^function\b/.test(source.slice(node.pos)) ? say(dialect, '"}"') : undefined
    default:
      return undefined
  }
}

/** The first place, in the order of the text, that the dialect's parser does not understand. */
export function beyondSh(tree: object, dialect: Dialect['name'], source: string): Stumble | undefined {
  let first: Stumble | undefined
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit)
      return
    }
    if (typeof value !== 'object' || value === null) return
    const node = value as Node
    if (first && (node.pos ?? 0) > first.pos) return
    const message = stumbles(node, dialect, source)
    if (message) first = { pos: node.pos ?? 0, message }
    // What stands in a substitution has a text of its own, and is parsed when it runs.
    for (const [key, child] of Object.entries(node)) if (key !== 'script') visit(child)
  }
  visit(tree)
  return first
}
