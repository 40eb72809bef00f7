/** The pace of the cluster's time: its speed, standing still, single steps and jumps. */
import type { Engine } from './engine.ts'
import type { NoticeList } from './notices.ts'
import type { State } from './state.ts'
import type { Store } from './store.ts'

/** How much virtual time a step may take until something is seen. */
const STEP_LIMIT_MS = 3_600_000

export interface Pace {
  /** Lets time go as the state says; it stands still while nobody looks. */
  run(): void
  setSpeed(speed: number): void
  setPaused(paused: boolean): void
  /** To the next change that is seen. */
  step(): Promise<void>
  /** Lets so much time pass, and then what it takes until something is seen. */
  skip(ms: number): Promise<void>
}

export function createPace(engine: Engine, state: Store<State>, { notice, dismiss }: NoticeList): Pace {
  function run(): void {
    const { speed, paused } = state.get()
    engine.setSpeed(paused || document.hidden ? 0 : speed)
  }
  document.addEventListener('visibilitychange', run)
  return {
    run,
    setSpeed(speed) {
      state.set({ speed, paused: false })
      run()
    },
    setPaused(paused) {
      state.set({ paused })
      run()
    },
    async step() {
      dismiss('nothingNext')
      if (!(await engine.step(STEP_LIMIT_MS))) notice('nothingNext')
    },
    async skip(ms) {
      await engine.skip(ms)
      await engine.step(STEP_LIMIT_MS)
    },
  }
}
