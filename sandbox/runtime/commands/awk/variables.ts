/** What the names of an awk program stand for. */
import { fromOutside, type Value } from './values.ts'

/** A value or an array, decided when it is first used. */
export interface Slot {
  value?: Value
  array?: Map<string, Value>
  /** The caller's variable, which becomes an array with this one. */
  lender?: Slot
}

const AT_START: readonly [name: string, value: Value][] = [
  ['FS', ' '],
  ['OFS', ' '],
  ['ORS', '\n'],
  ['RS', '\n'],
  ['SUBSEP', '\x1c'],
  ['CONVFMT', '%.6g'],
  ['OFMT', '%.6g'],
  ['NR', 0],
  ['FNR', 0],
  ['RSTART', 0],
  ['RLENGTH', -1],
  ['FILENAME', ''],
]

export class Variables {
  readonly #globals = new Map<string, Slot>(AT_START.map(([name, value]) => [name, { value }]))
  /** Those of the function that is being called. */
  #locals: ReadonlyMap<string, Slot> | undefined

  constructor(env: Readonly<Record<string, string>>) {
    const environment = this.array('ENVIRON')
    for (const [name, value] of Object.entries(env)) environment.set(name, fromOutside(value))
  }

  slot(name: string): Slot {
    const local = this.#locals?.get(name)
    if (local) return local
    let slot = this.#globals.get(name)
    if (!slot) this.#globals.set(name, (slot = {}))
    return slot
  }

  array(name: string): Map<string, Value> {
    return arrayOf(this.slot(name))
  }

  isArray(name: string): boolean {
    const slot = this.slot(name)
    return (slot.array ?? slot.lender?.array) !== undefined
  }

  /** Runs a function's body, which knows its own locals and the globals. */
  async withLocals<T>(locals: ReadonlyMap<string, Slot>, run: () => Promise<T>): Promise<T> {
    const outer = this.#locals
    this.#locals = locals
    try {
      return await run()
    } finally {
      this.#locals = outer
    }
  }
}

function arrayOf(slot: Slot): Map<string, Value> {
  slot.array ??= slot.lender ? arrayOf(slot.lender) : new Map()
  return slot.array
}
