/** The terminals: what each has printed, who shows it, and how big its window is. */
import type { Size } from './rpc.ts'
import type { State } from './state.ts'
import type { Store } from './store.ts'
import { Scrollback } from './terminal/scrollback.ts'

interface Means {
  state: Store<State>
  open(size: Size): Promise<number>
  close(terminal: number): Promise<unknown>
  resize(terminal: number, size: Size): void
}

export interface Terminals {
  output(terminal: number, data: string): void
  /** Everything printed so far, then what follows. Answers how to stop. */
  follow(terminal: number, write: (data: string) => void): () => void
  /** Another history begins: their screens are empty. */
  clear(): void
  /** Which there are now. */
  are(terminals: readonly number[]): void
  add(): Promise<void>
  close(terminal: number): void
  resize(terminal: number, size: Size): void
  /** The first one's window, as soon as it has told its size. */
  readonly firstWindow: Size
  /** What had to wait while the past was looked at, which has windows of its own. */
  live(): void
}

export function createTerminals({ state, open, close, resize }: Means): Terminals {
  const printed = new Map<number, Scrollback>()
  const readers = new Map<number, Set<(data: string) => void>>()
  let firstWindow: Size = { columns: 80, rows: 24 }
  /** Windows whose size has changed while the past was looked at. */
  const resized = new Map<number, Size>()

  const are = (terminals: readonly number[]): void => {
    const { terminal } = state.get()
    state.set({ terminals, terminal: terminals.includes(terminal) ? terminal : (terminals[0] ?? 0) })
  }

  return {
    are,
    output(terminal, data) {
      let kept = printed.get(terminal)
      if (!kept) printed.set(terminal, (kept = new Scrollback()))
      kept.add(data)
      for (const write of readers.get(terminal) ?? []) write(data)
    },
    follow(terminal, write) {
      const all = readers.get(terminal) ?? new Set()
      readers.set(terminal, all.add(write))
      write(printed.get(terminal)?.text() ?? '')
      return () => all.delete(write)
    },
    clear() {
      printed.clear()
      for (const all of readers.values()) for (const write of all) write('\x1bc')
    },
    async add() {
      const terminal = await open(firstWindow)
      state.set({ terminals: [...state.get().terminals, terminal], terminal })
    },
    close(terminal) {
      void close(terminal).catch(console.error)
      const terminals = state.get().terminals.filter(n => n !== terminal)
      printed.delete(terminal)
      state.set({ terminals, terminal: terminals[0] ?? 0 })
    },
    resize(terminal, size) {
      const { phase, past, terminals } = state.get()
      if (terminal === terminals[0]) firstWindow = size
      if (past) resized.set(terminal, size)
      else if (phase === 'ready') resize(terminal, size)
    },
    get firstWindow() {
      return firstWindow
    },
    live() {
      for (const [terminal, size] of resized) resize(terminal, size)
      resized.clear()
    },
  }
}
