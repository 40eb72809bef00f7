/** A function as bash prints it: one command a line, each compound command laid out in its own way. */
import type { AndOr, CompoundList, Function as FunctionNode, PipelineNode, Redirection, Statement, Word } from 'unbash'

type Printed = PipelineNode | AndOr

const INDENT = '    '

export function printFunction(name: string, body: FunctionNode['body'], source: string): string {
  const text = (node: { pos: number; end: number }): string => source.slice(node.pos, node.end)
  const words = (list: readonly Word[]): string => list.map(text).join(' ')
  const redirected = (list: readonly Redirection[]): string =>
    list.map(each => ` ${text(each).replace(/^(\d*[<>&|]+)\s*/, '$1 ')}`).join('')

  const statements = (list: readonly Statement[], by: string, last: ';' | ''): string =>
    list
      .map((each, i) => {
        const end = each.background ? ' &' : i < list.length - 1 ? ';' : last
        return `${by}${node(each.command, by)}${end}\n`
      })
      .join('')
  /** The commands of a condition, on its own line. */
  const inLine = (list: CompoundList, by: string): string =>
    list.commands.map(each => node(each.command, by)).join('; ')
  const block = (list: CompoundList, by: string): string => statements(list.commands, by + INDENT, ';')

  const node = (each: Printed, by: string): string => {
    switch (each.type) {
      case 'AndOr':
        return each.commands.map((c, i) => (i ? ` ${each.operators[i - 1]} ` : '') + node(c, by)).join('')
      case 'Pipeline': {
        const prefix = each.prefixes.map(p => (p.type === 'Negation' ? '! ' : 'time ')).join('')
        return prefix + each.commands.map((c, i) => (i ? ` ${each.operators[i - 1]} ` : '') + node(c, by)).join('')
      }
      case 'Command':
        return [...each.prefix.filter(p => p.type === 'Assignment'), ...(each.name ? [each.name] : []), ...each.args]
          .map(text)
          .join(' ')
          .concat(redirected(each.redirects))
          .trim()
      case 'Redirected':
        return node(each.command, by) + redirected(each.redirects)
      case 'BraceGroup':
        return `{ \n${statements(each.body.commands, by + INDENT, '')}${by}}`
      case 'Subshell':
        return `( ${each.body.commands.map(c => node(c.command, by)).join('; ')} )`
      case 'If': {
        let out = `if ${inLine(each.clause, by)}; then\n${block(each.then, by)}`
        // bash knows no `elif` once it has read it: each is an `if` within an `else`.
        let depth = by
        let close = ''
        for (const elif of each.elif) {
          out += `${depth}else\n`
          close = `${depth}fi${close ? `;\n${close}` : ''}`
          depth += INDENT
          out += `${depth}if ${inLine(elif.clause, depth)}; then\n${block(elif.then, depth)}`
        }
        if (each.else) out += `${depth}else\n${block(each.else, depth)}`
        return close ? `${out}${depth}fi;\n${close}` : `${out}${by}fi`
      }
      case 'While':
        return `${each.kind} ${inLine(each.clause, by)}; do\n${block(each.body, by)}${by}done`
      case 'For':
      case 'Select': {
        const list = each.wordlist ? words(each.wordlist) : '"$@"'
        const word = each.type === 'For' ? 'for' : 'select'
        return `${word} ${each.name.text} in ${list};\n${by}do\n${block(each.body, by)}${by}done`
      }
      case 'Case': {
        const items = each.items.map(
          item =>
            `${by}${INDENT}${item.pattern.map(text).join(' | ')})\n${statements(item.body.commands, by + INDENT + INDENT, '')}${by}${INDENT}${item.terminator ?? ';;'}\n`,
        )
        return `case ${text(each.word)} in \n${items.join('')}${by}esac`
      }
      case 'Function':
        return `function ${each.name.text} () \n${by}${group(each.body, by)}`
      default:
        return text(each)
    }
  }
  const group = (of: FunctionNode['body'], by: string): string =>
    of.type === 'CompoundList'
      ? `{ \n${statements(of.commands, by + INDENT, '')}${by}}`
      : of.type === 'BraceGroup'
        ? node(of, by)
        : `{ \n${by}${INDENT}${node(of, by + INDENT)}\n${by}}`
  return `${name} () \n${group(body, '')}\n`
}
