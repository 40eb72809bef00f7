/** Time and chance: timers, dates and `Math.random`, all of them the machine's. */
export const TIMERS = `
const waiting = new Map()
let count = 0
class Timeout {
  constructor(id) { this.id = id }
  ref() { ask('ref', this.id, true); return this }
  unref() { ask('ref', this.id, false); return this }
  hasRef() { return true }
  [Symbol.toPrimitive]() { return this.id }
}
const timer = repeat => (work, ms = 0, ...args) => {
  if (typeof work !== 'function') throw Object.assign(new TypeError('The "callback" argument must be of type function. Received ' + inspect(work)), { code: 'ERR_INVALID_ARG_TYPE' })
  const id = ++count
  const wait = Math.max(1, Number(ms) || 1)
  waiting.set(id, () => { if (repeat) ask('timer', id, wait); else waiting.delete(id); work(...args) })
  ask('timer', id, wait)
  return new Timeout(id)
}
const clear = t => { const id = Number(t?.id ?? t); if (waiting.delete(id)) ask('cancel', id) }
const setImmediate = (work, ...args) => { const id = ++count; waiting.set(id, () => { waiting.delete(id); work(...args) }); ask('timer', id, 0); return new Timeout(id) }
const wait = timer(false)
const timers = { setImmediate }
for (const name of ['Interval', 'Timeout', 'Immediate']) { timers['set' + name] ??= timer(name === 'Interval'); timers['clear' + name] = clear }
Object.assign(globalThis, timers)
globalThis.queueMicrotask = work => void Promise.resolve().then(work)
const RealDate = Date
globalThis.Date = class Date extends RealDate {
  constructor(...args) { args.length ? super(...args) : super(ask('now')) }
  static now() { return ask('now') }
}
const now = () => ask('now')
const began = now()
globalThis.performance = { now: () => now() - began }
Object.assign(Math, { random: () => ask('random') })
`
