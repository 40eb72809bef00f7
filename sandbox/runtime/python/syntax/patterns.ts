/** Patterns of `match`, made from what looks like an expression. */
import { BadSyntax, type Expression, type Name, type Pattern } from './tree.ts'

export function patternOf({ value, alias }: { value: Expression; alias?: Name }): Pattern {
  const inner = pattern(value)
  return alias ? { kind: 'bind', target: alias, inner } : inner
}

function pattern(e: Expression): Pattern {
  switch (e.kind) {
    case 'name':
      return e.id === '_' ? { kind: 'any' } : { kind: 'bind', target: e }
    case 'named':
      return { kind: 'bind', target: e.target, inner: pattern(e.value) }
    case 'constant':
    case 'attribute':
    case 'unary':
      return { kind: 'value', value: e }
    case 'binary':
      if (e.op === '|') return { kind: 'or', choices: [pattern(e.left), pattern(e.right)] }
      return { kind: 'value', value: e }
    case 'tuple':
    case 'list': {
      const star = e.items.findIndex(item => item.kind === 'starred')
      const items = e.items.map(item => pattern(item.kind === 'starred' ? item.value : item))
      return { kind: 'sequence', items, ...(star >= 0 && { star }) }
    }
    case 'dict': {
      const rest = e.keys.indexOf(undefined)
      const all = e.keys.map((key, i) => ({ key, value: e.values[i]! })).filter(({ key }) => key)
      return {
        kind: 'mapping',
        keys: all.map(({ key }) => key!),
        values: all.map(({ value }) => pattern(value)),
        ...(rest >= 0 && { rest: e.values[rest] as Name }),
      }
    }
    case 'call':
      return {
        kind: 'instance',
        type: e.callee,
        args: e.args.map(pattern),
        names: e.keywords.map(k => k.name!),
        named: e.keywords.map(k => pattern(k.value)),
      }
    default:
      throw new BadSyntax('invalid syntax', e)
  }
}
