/** `str.format`: a text with braces, and the values that come into them. */
import { getAttribute } from '../../machine/attributes.ts'
import { formatOf } from '../../machine/formatted.ts'
import type { Machine } from '../../machine/machine.ts'
import { getItem } from '../../machine/subscripts.ts'
import { raise } from '../../objects/errors.ts'
import { isSteps, type Value } from '../../objects/values.ts'
import { valueError } from '../define.ts'

/** `'{} {name!r:>8}'.format(…)` */
export function formatText(
  machine: Machine,
  template: string,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): string {
  let next = 0
  let result = ''
  const replace = (text: string): string => text.replace(/\{(\w*)\}/g, (_, name: string) => machine.str(lookUp(name)))
  const lookUp = (name: string): Value => {
    if (name === '' || /^\d+$/.test(name)) {
      const at = name === '' ? next++ : Number(name)
      if (at >= args.length) throw raise('IndexError', `Replacement index ${at} out of range for positional args tuple`)
      return args[at]!
    }
    const found = keywords.get(name)
    if (found === undefined) throw raise('KeyError', name)
    return found
  }
  for (let i = 0; i < template.length; ) {
    const c = template[i]!
    if ((c === '{' || c === '}') && template[i + 1] === c) {
      result += c
      i += 2
    } else if (c === '}') throw valueError("Single '}' encountered in format string")
    else if (c === '{') {
      let depth = 1
      let end = i + 1
      for (; end < template.length && depth; end++) depth += template[end] === '{' ? 1 : template[end] === '}' ? -1 : 0
      if (depth) throw valueError("Single '{' encountered in format string")
      const [, path = '', conversion, spec = ''] =
        /^([^!:]*)(?:!([rsa]))?(?::(.*))?$/s.exec(template.slice(i + 1, end - 1)) ?? []
      const [, name = '', rest = ''] = /^(\w*)(.*)$/s.exec(path)!
      let value = lookUp(name)
      for (const [, attribute, index] of rest.matchAll(/\.(\w+)|\[([^\]]+)\]/g)) {
        const found =
          attribute !== undefined
            ? getAttribute(machine, value, attribute)
            : getItem(machine, value, /^\d+$/.test(index!) ? Number(index) : index!)
        value = isSteps(found) ? machine.finish(found) : found
      }
      if (conversion) value = conversion === 's' ? machine.str(value) : machine.repr(value)
      result += formatOf(machine, value, replace(spec))
      i = end
    } else {
      result += c
      i++
    }
  }
  return result
}
