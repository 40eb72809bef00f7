/** Lines of a description: indented by level, aligned in blocks. */
import { type Obj, sortedKeys } from '../objects.ts'
import { align, DESCRIBE_TABS } from '../print/tabwriter.ts'

export class Writer {
  #done = ''
  #block = ''

  /** `text` is continued where it does not end in a line break. */
  write(level: number, text: string): void {
    this.#block += '  '.repeat(level) + text
  }
  line(level: number, text: string): void {
    this.write(level, `${text}\n`)
  }
  field(name: string, value: unknown, level = 0): void {
    this.line(level, `${name}:\t${value ?? ''}`)
  }
  /** What follows is aligned on its own. */
  flush(): void {
    this.#done += align(this.#block, DESCRIBE_TABS)
    this.#block = ''
  }
  /** As written, its tabs left to whoever shows it. */
  raw(): string {
    return this.#done + this.#block
  }
  text(): string {
    this.flush()
    return this.#done
  }

  labels(title: string, labels: Record<string, string> | undefined, indent = '', inner = '\t'): void {
    this.write(0, `${indent}${title}:${inner}`)
    const keys = sortedKeys(labels)
    if (!keys.length) this.line(0, '<none>')
    for (const [i, key] of keys.entries()) this.line(0, `${i ? inner : ''}${key}=${labels![key]}`)
  }

  annotations(title: string, all: Record<string, string> | undefined): void {
    this.write(0, `${title}:\t`)
    const keys = sortedKeys(all).filter(k => k !== 'kubectl.kubernetes.io/last-applied-configuration')
    if (!keys.length) this.line(0, '<none>')
    keys.forEach((key, i) => {
      const value = all![key]!.replace(/\n$/, '')
      const start = i ? '\t' : ''
      if (value.length + key.length + 2 > MAX || value.includes('\n')) {
        this.line(0, `${start}${key}:`)
        for (const part of value.split('\n'))
          this.line(0, `\t  ${part.length > MAX - 2 ? `${part.slice(0, MAX - 2)}...` : part}`)
      } else this.line(0, `${start}${key}: ${value}`)
    })
  }

  meta(o: Obj, { namespace = true } = {}): void {
    this.field('Name', o.metadata.name)
    if (namespace) this.field('Namespace', o.metadata.namespace ?? '')
    this.labels('Labels', o.metadata.labels)
    this.annotations('Annotations', o.metadata.annotations)
  }
}
const MAX = 140

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Mon, 05 Jan 2026 09:00:00 +0000 */
export function longTime(timestamp: string | null | undefined): string {
  if (!timestamp) return 'Mon, 01 Jan 0001 00:00:00 +0000'
  const d = new Date(timestamp)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${DAYS[d.getUTCDay()]}, ${two(d.getUTCDate())} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} +0000`
}

export const title = (b: unknown): string => (b ? 'True' : 'False')
export const orNone = (text: string): string => text || '<none>'
export const printBool = (b: boolean | undefined): string => (b === undefined ? '<unset>' : b ? 'True' : 'False')
