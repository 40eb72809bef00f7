/** A value that can be watched, and a hook that draws a component anew when its part of the value changes. */
import { useEffect, useState } from 'preact/hooks'

export interface Store<T extends object> {
  get(): T
  set(change: Partial<T>): void
  watch(handler: () => void): () => void
}

export function createStore<T extends object>(initial: T): Store<T> {
  let value = initial
  const watchers = new Set<() => void>()
  return {
    get: () => value,
    set(change) {
      value = { ...value, ...change }
      for (const watcher of [...watchers]) watcher()
    },
    watch(handler) {
      watchers.add(handler)
      return () => watchers.delete(handler)
    },
  }
}

export function usePart<T extends object, P>(store: Store<T>, part: (value: T) => P): P {
  const [, redraw] = useState(0)
  const now = part(store.get())
  useEffect(() => {
    let seen = now
    const look = (): void => {
      const next = part(store.get())
      if (Object.is(next, seen)) return
      seen = next
      redraw(n => n + 1)
    }
    look()
    return store.watch(look)
  })
  return now
}
