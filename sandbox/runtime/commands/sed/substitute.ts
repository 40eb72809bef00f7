/** What `s` does to a line. */
import type { Instruction } from './instruction.ts'

/** @returns the line as it is afterwards, or undefined if nothing in it matches */
export function substitute(text: string, instruction: Instruction, busybox: boolean): string | undefined {
  const { regexp: pattern, replacement = '', flags = '' } = instruction
  const all = flags.includes('g')
  // busybox forgets the number where all are meant.
  const nth = Number((!(busybox && all) && /\d+/.exec(flags)?.[0]) || 1)
  let count = 0
  let hit = false
  const out = text.replace(new RegExp(pattern!.source, `g${pattern!.flags.replace('g', '')}`), (...match) => {
    count++
    if (count < nth || (!all && count > nth)) return match[0]
    hit = true
    let change = ''
    let once = ''
    return replacement.replace(/\\([\s\S])|&|[^\\&]+/g, (piece, c: string | undefined) => {
      let added = piece
      if (piece === '&') added = match[0]
      else if (c !== undefined) {
        if (busybox && /[ulLUE]/.test(c)) return c
        if (/[ul]/.test(c)) {
          once = c
          return ''
        }
        if (/[LUE]/.test(c)) {
          change = c
          return ''
        }
        added = /\d/.test(c)
          ? c === '0'
            ? match[0]
            : ((match[Number(c)] as string | undefined) ?? '')
          : c === 'n'
            ? '\n'
            : c === 't'
              ? '\t'
              : c
      }
      const changed = change === 'U' ? added.toUpperCase() : change === 'L' ? added.toLowerCase() : added
      if (!once || !changed) return changed
      const [first, upper] = [changed.charAt(0), once === 'u']
      once = ''
      return (upper ? first.toUpperCase() : first.toLowerCase()) + changed.slice(1)
    })
  })
  return hit ? out : undefined
}
