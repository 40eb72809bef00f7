/** A stream of redis: entries in the order of their ids, and groups of those who read them together. */

/** Milliseconds, and a number within them. */
export type Id = readonly [ms: number, sequence: number]

export interface Entry {
  id: Id
  /** Names and values by turns. */
  fields: readonly string[]
}

/** An entry that was given to somebody who has not said yet that he is done with it. */
export interface Pending {
  id: Id
  consumer: string
  /** When it was given, and how often. */
  time: number
  count: number
}

export interface Group {
  last: Id
  /** By the text of the id. */
  pending: Map<string, Pending>
  /** When each was last seen. */
  consumers: Map<string, number>
}

export const LEAST: Id = [0, 0]
export const MOST: Id = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]

export const textOf = ([ms, sequence]: Id): string => `${ms}-${sequence}`
export const compareIds = (a: Id, b: Id): number => a[0] - b[0] || a[1] - b[1]

/** @param sequence of an id that says none */
export function readId(text: string, sequence = 0): Id | undefined {
  const [, ms, own] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  return ms === undefined ? undefined : [Number(ms), own === undefined ? sequence : Number(own)]
}

export class Stream {
  entries: Entry[] = []
  last: Id = LEAST
  /** How many there have ever been. */
  added = 0
  /** The greatest id of those that somebody has taken out. */
  deleted: Id = LEAST
  readonly groups = new Map<string, Group>()

  add(id: Id, fields: readonly string[]): void {
    this.entries.push({ id, fields })
    this.last = id
    this.added++
  }

  between(from: Id, to: Id): Entry[] {
    return this.entries.slice(this.#indexOf(from, false), this.#indexOf(to, true))
  }

  after(id: Id): Entry[] {
    return this.entries.slice(this.#indexOf(id, true))
  }

  at(id: Id): Entry | undefined {
    const entry = this.entries[this.#indexOf(id, false)]
    return entry && compareIds(entry.id, id) === 0 ? entry : undefined
  }

  /** Where the first entry stands that has this id or a later one; `behind`: a later one. */
  #indexOf(id: Id, behind: boolean): number {
    let [low, high] = [0, this.entries.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const order = compareIds(this.entries[middle]!.id, id)
      if (order < 0 || (behind && !order)) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Takes one out. @returns whether it was there */
  remove(id: Id): boolean {
    const gone = this.keep(one => compareIds(one.id, id) !== 0) > 0
    if (gone && compareIds(id, this.deleted) > 0) this.deleted = id
    return gone
  }

  /** @returns how many went */
  keep(wanted: (entry: Entry, at: number) => boolean): number {
    const before = this.entries.length
    this.entries = this.entries.filter((one, i) => wanted(one, i))
    return before - this.entries.length
  }

  /** Commands that make the same of nothing. */
  commands(key: string): string[][] {
    const made = this.entries.map(({ id, fields }) => ['XADD', key, textOf(id), ...fields])
    if (!made.length) made.push(['XGROUP', 'CREATE', key, ' ', '0', 'MKSTREAM'], ['XGROUP', 'DESTROY', key, ' '])
    made.push(['XSETID', key, textOf(this.last), 'ENTRIESADDED', String(this.added)])
    for (const [name, group] of this.groups) {
      made.push(['XGROUP', 'CREATE', key, name, textOf(group.last)])
      for (const consumer of group.consumers.keys()) made.push(['XGROUP', 'CREATECONSUMER', key, name, consumer])
      for (const { id, consumer, time, count } of group.pending.values())
        made.push([
          'XCLAIM',
          key,
          name,
          consumer,
          '0',
          textOf(id),
          'TIME',
          String(time),
          'RETRYCOUNT',
          String(count),
          'FORCE',
          'JUSTID',
        ])
    }
    return made
  }
}
