/** What dash reads in another way than bash, whose parser this is: its text is changed before it is read again. */
import { type ParsedScript, parse } from 'unbash'

interface Node {
  type?: string
  pos?: number
  [key: string]: unknown
}

/** Parts of nodes that the parser works out when they are asked for. */
const LATER = ['parts', 'value', 'script', 'redirects'] as const

/** Places where a sign has to be put in: `[[` is a command like any other, and `&>` ends a command before its redirection. */
function places(tree: ParsedScript): Map<number, string> {
  const found = new Map<number, string>()
  const seen = new Set<unknown>()
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    if (Array.isArray(value)) {
      for (const each of value) visit(each)
      return
    }
    const node = value as Node
    if (node.type === 'TestCommand') found.set(node.pos!, '\\')
    if (node.type === 'Redirect' && String(node.operator).startsWith('&')) found.set(node.pos! + 1, ' ')
    // What stands in a text of its own has places of its own.
    if (value !== tree && typeof node.source === 'string' && node.source !== tree.source) return
    for (const child of Object.values(node)) visit(child)
    for (const key of LATER) visit(node[key])
  }
  visit(tree)
  return found
}

/** The text as dash takes it. Lines stay what they are. */
export function readByDash(source: string): string {
  let text = source
  // What is changed brings to light what stood within it, one level at a time; the parser allows only so many.
  while (text.includes('[[') || text.includes('&>')) {
    const found = places(parse(text))
    if (!found.size) break
    for (const [at, sign] of [...found].sort(([a], [b]) => b - a)) text = text.slice(0, at) + sign + text.slice(at)
  }
  return text
}
