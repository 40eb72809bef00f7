/** Values that hold others: tuples, lists, dicts, sets, their views, ranges and slices. */
import { Instance, type PyClass, Thing, type Value } from './values.ts'

export class PyTuple extends Instance {
  readonly items: readonly Value[]
  constructor(items: readonly Value[], cls: PyClass = TUPLE.cls!) {
    super(cls)
    this.items = items
  }
}

export class PyList extends Instance {
  items: Value[]
  constructor(items: Value[], cls: PyClass = LIST.cls!) {
    super(cls)
    this.items = items
  }
}

/** From what keys are equal by (see `keys.ts`) to the key itself and its value, in the order of insertion. */
export class PyDict extends Instance {
  readonly entries = new Map<unknown, [Value, Value]>()
  constructor(cls: PyClass = DICT.cls!) {
    super(cls)
  }
}

export class PySet extends Instance {
  readonly entries = new Map<unknown, Value>()
  constructor(cls: PyClass = SET.cls!) {
    super(cls)
  }
}

/** What `keys()`, `values()` and `items()` of a dict show: the dict as it is whenever one looks. */
export class DictView extends Instance {
  readonly of: PyDict
  readonly shows: 'keys' | 'values' | 'items'
  constructor(cls: PyClass, of: PyDict, shows: DictView['shows']) {
    super(cls)
    this.of = of
    this.shows = shows
  }
  take([key, value]: [Value, Value]): Value {
    return this.shows === 'keys' ? key : this.shows === 'values' ? value : new PyTuple([key, value])
  }
  all(): Value[] {
    return Array.from(this.of.entries.values(), entry => this.take(entry))
  }
}

/** The classes of containers, known once `types.ts` has made them. */
export const TUPLE: { cls?: PyClass } = {}
export const LIST: { cls?: PyClass } = {}
export const DICT: { cls?: PyClass } = {}
export const SET: { cls?: PyClass } = {}

export class PyRange extends Thing {
  readonly start: number
  readonly stop: number
  readonly step: number
  readonly length: number
  constructor(start: number, stop: number, step: number) {
    super()
    this.start = start
    this.stop = stop
    this.step = step
    this.length = Math.max(0, Math.ceil((stop - start) / step))
  }
}

export class PySlice extends Thing {
  readonly start: Value
  readonly stop: Value
  readonly step: Value
  constructor(start: Value, stop: Value, step: Value) {
    super()
    this.start = start
    this.stop = stop
    this.step = step
  }
}
