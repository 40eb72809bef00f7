/** The moments of the timeline: the learner's deeds from the record, the cluster's events from the view. The timeline is drawn of these. */
import type { ClusterView, Input, SessionRecord } from '../../../sandbox/scenario/session.ts'
import { isWarning } from './warnings.ts'

export interface Moment {
  at: number
  kind: 'deed' | 'event' | 'warning'
  text: string
}

type ClusterEvent = ClusterView['events'][number]

const time = (value: unknown): number => Date.parse(String(value))
/** When it was last seen. */
export const timeOf = (e: ClusterEvent): number => time(e.lastTimestamp ?? e.eventTime ?? e.metadata.creationTimestamp)

const about = ({ input }: { input: Input }): string | undefined => {
  if (input.type === 'command') return `$ ${input.line}`
  if (input.type === 'fault') return `podlab ${input.command}`
  if (input.type === 'file') return input.text === null ? `rm ${input.path}` : `✎ ${input.path}`
  if (input.type === 'edited') return input.text === null ? undefined : '✎'
  return undefined
}

/** Lines typed letter by letter are put together again, as far as that can be told from the keys alone. */
export function deeds(inputs: SessionRecord['inputs']): Moment[] {
  const lines = new Map<number, string>()
  const moments: Moment[] = []
  for (const line of inputs) {
    const { at, input } = line
    const text = about(line)
    if (text) moments.push({ at, kind: 'deed', text })
    if (input.type !== 'terminal') continue
    let typed = lines.get(input.terminal) ?? ''
    // Keys such as arrows are escape sequences.
    for (const key of input.data.replace(/\x1b\[[\d;]*[A-Za-z~]|\x1b./g, '')) {
      if (key === '\r') {
        if (typed.trim()) moments.push({ at, kind: 'deed', text: `$ ${typed.trim()}` })
        typed = ''
      } else if (key === '\x7f') typed = typed.slice(0, -1)
      else if (key === '\x15' || key === '\x03') typed = ''
      else if (key >= ' ') typed += key
    }
    lines.set(input.terminal, typed)
  }
  return moments
}

/** Events by uid and count, so that one seen again is another moment, and the same one is not told twice. */
export class Happened {
  readonly #moments = new Map<string, Moment>()

  see(events: readonly ClusterEvent[]): void {
    for (const e of events) {
      const key = `${e.metadata.uid} ${e.count ?? 1}`
      if (this.#moments.has(key)) continue
      const { kind = '', name = '' } = e.involvedObject
      this.#moments.set(key, {
        at: timeOf(e),
        kind: isWarning(e) ? 'warning' : 'event',
        text: `${kind} ${name}: ${e.reason}`,
      })
    }
  }

  /** After a branch the future is another. */
  forgetAfter(now: number): void {
    for (const [key, { at }] of this.#moments) if (at > now) this.#moments.delete(key)
  }

  all(): Moment[] {
    return [...this.#moments.values()]
  }
}

export const inOrder = (...lists: readonly Moment[][]): Moment[] => lists.flat().sort((a, b) => a.at - b.at)
