/** Going over to real Node and coming back: the files go along, the cluster begins anew, and a failure leads back by itself. */
import type { Engine, WorkerLike } from '../engine.ts'
import type { NoticeKind, State } from '../state.ts'
import type { Store } from '../store.ts'
import type { RealNode, RealNodes } from './real-node.ts'
import type { Refusal } from './reasons.ts'

interface Means {
  /** Undefined where it is not offered. */
  load: (() => Promise<RealNodes>) | undefined
  state: Store<State>
  engine: () => Engine
  simulated: () => WorkerLike
  /** Begins the lesson's cluster anew, with the reader's files. */
  restart(): Promise<void>
  notice(kind: NoticeKind): void
  dismiss(kind: NoticeKind): void
}

export interface RealMode {
  start(): Promise<void>
  stop(): Promise<void>
  /** What ran has ended by itself. */
  lost(message: string): void
  /** The address of what a port serves; undefined in the simulation. */
  address(port: number): string | undefined
}

export function createRealMode({ load, state, engine, simulated, restart, notice, dismiss }: Means): RealMode {
  let nodes: Promise<RealNodes> | undefined
  let node: RealNode | undefined

  const tell = (refusal: Refusal): void => {
    state.set({ realRefusal: refusal })
    notice('real')
  }
  async function back(): Promise<void> {
    const old = node
    node = undefined
    engine().use(simulated)
    state.set({ real: 'off', ports: [] })
    try {
      await restart()
    } finally {
      old?.teardown()
    }
  }
  async function fallBack(detail: string): Promise<void> {
    tell({ reason: 'crashed', detail })
    await back()
  }

  return {
    async start() {
      if (!load || state.get().real !== 'off') return
      dismiss('real')
      state.set({ real: 'starting', realRefusal: undefined })
      const started = await (nodes ??= load()).then(
        all => all.start(),
        (error: unknown) => {
          nodes = undefined
          return { refusal: { reason: 'files' as const, detail: String(error) } }
        },
      )
      if ('refusal' in started) {
        state.set({ real: 'off' })
        tell(started.refusal)
        return
      }
      node = started.node
      state.set({ real: 'on', ports: [] })
      engine().use(node.makeWorker, { repeatable: false })
      try {
        await restart()
      } catch (error) {
        // Whoever has fallen back already has no node any more.
        if (node) await fallBack(error instanceof Error ? error.message : String(error))
      }
    },
    async stop() {
      if (node) await back()
    },
    lost(message) {
      if (node) void fallBack(message).catch(console.error)
    },
    address: port => node?.address(port),
  }
}
