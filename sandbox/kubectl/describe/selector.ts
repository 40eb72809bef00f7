/** Label selectors and tolerations as descriptions show them. */
import type { Obj } from '../objects.ts'
import { selectorText } from '../pods/selectors.ts'
import type { Writer } from './writer.ts'

export function formatSelector(selector: Obj): string {
  if (!selector) return '<none>'
  return selectorText(selector) || '<none>'
}

export function tolerations(w: Writer, list: readonly Obj[] | undefined, indent: string): void {
  w.write(0, `${indent}Tolerations:\t`)
  if (!list?.length) w.line(0, '<none>')
  ;[...(list ?? [])]
    .sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1))
    .forEach((t, i) => {
      let text = i ? `${indent}\t` : ''
      text += t.key ?? ''
      if (t.value) text += `=${t.value}`
      if (t.effect) text += `:${t.effect}`
      if (t.operator === 'Exists' && !t.value) text += t.key || t.effect ? ' op=Exists' : 'op=Exists'
      else if (t.operator && t.operator !== 'Equal') text += ` op=${t.operator}`
      if (t.tolerationSeconds !== undefined) text += ` for ${t.tolerationSeconds}s`
      w.line(0, text)
    })
}
