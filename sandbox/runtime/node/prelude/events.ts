/** `EventEmitter`, which most of the others are. */
export const EVENTS = `
class EventEmitter {
  #handlers = new Map()
  on(name, handler) { (this.#handlers.get(name) ?? this.#handlers.set(name, []).get(name)).push(handler); return this }
  addListener(name, handler) { return this.on(name, handler) }
  once(name, handler) { const run = (...args) => { this.off(name, run); handler.apply(this, args) }; run.inner = handler; return this.on(name, run) }
  off(name, handler) { this.#handlers.set(name, (this.#handlers.get(name) ?? []).filter(h => h !== handler && h.inner !== handler)); return this }
  removeListener(name, handler) { return this.off(name, handler) }
  removeAllListeners(name) { name === undefined ? this.#handlers.clear() : this.#handlers.delete(name); return this }
  listenerCount(name) { return this.#handlers.get(name)?.length ?? 0 }
  emit(name, ...args) {
    const handlers = [...(this.#handlers.get(name) ?? [])]
    if (!handlers.length && name === 'error') throw args[0] instanceof Error ? args[0] : new Error('Unhandled error. (' + inspect(args[0]) + ')')
    for (const handler of handlers) handler.apply(this, args)
    return handlers.length > 0
  }
}
EventEmitter.EventEmitter = EventEmitter
const once = (emitter, name) => new Promise((resolve, reject) => { emitter.once(name, (...args) => resolve(args)); if (name !== 'error') emitter.once('error', reject) })
`
