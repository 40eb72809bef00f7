/**
 * Parts of the sandbox that are loaded when they are first needed, so that a page can begin before it has everything.
 *
 * The entry points (a client's request, a task of the clock) await the parts they need while virtual time stands
 * still; everything behind them is synchronous and uses `now`. So what happens, and in which order, never
 * depends on what has been loaded before.
 */

export interface Part<T> {
  /** @throws when it is not loaded: an entry point has forgotten to await it */
  readonly now: T
  /** Undefined when it is loaded already, so that callers need not wait. */
  load(): Promise<unknown> | undefined
}

interface Loading extends Part<unknown> {
  readonly isThere: boolean
}

const known: Loading[] = []

/** @param name for the message when it is missing */
export function part<T>(name: string, bring: () => Promise<T>): Part<T> {
  let loaded: { value: T } | undefined
  let loading: Promise<void> | undefined
  const made: Part<T> & Loading = {
    get isThere() {
      return loaded !== undefined
    },
    get now() {
      if (!loaded) throw new Error(`${name} must be loaded before it is used`)
      return loaded.value
    },
    load() {
      if (loaded) return undefined
      loading ??= bring().then(
        value => {
          loaded = { value }
        },
        error => {
          // The next caller tries again: the network may be back.
          loading = undefined
          throw error
        },
      )
      return loading
    },
  }
  known.push(made)
  return made
}

/** What is there from the beginning, where a part is expected. */
export const present = <T>(now: T): Part<T> => ({ now, load: () => undefined })

/** Something that a part holds, as a part of its own. */
export const within = <M, T>(whole: Part<M>, take: (module: M) => T): Part<T> => ({
  get now() {
    return take(whole.now)
  },
  load: () => whole.load(),
})

/** Several at once; undefined when all are there. */
export function loadThese(parts: Iterable<Pick<Part<unknown>, 'load'>>): Promise<unknown> | undefined {
  let waiting: Promise<unknown>[] | undefined
  for (const one of parts) {
    const loading = one.load()
    if (loading) (waiting ??= []).push(loading)
  }
  return waiting && Promise.all(waiting)
}

/** Every part of the modules loaded so far: for Node, where a test or a program calls the API server in process. */
export async function loadAll(): Promise<void> {
  for (;;) {
    const missing = known.filter(one => !one.isThere)
    if (!missing.length) return
    await loadThese(missing)
  }
}
