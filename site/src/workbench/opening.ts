/** Opening a cluster in the engine: a new one, one with the work that was kept, or what a record leads to. */
import type { LessonWorld } from '../../../sandbox/scenario/session.ts'
import type { Engine } from './engine.ts'
import { type Files, visible } from './files.ts'
import type { Work } from './keeping.ts'
import type { NoticeList } from './notices.ts'
import type { Played } from './past.ts'
import type { Answers } from './rpc.ts'
import type { State } from './state.ts'
import type { Store } from './store.ts'
import type { Terminals } from './terminals.ts'

interface Means {
  engine: Engine
  state: Store<State>
  files: Files
  terminals: Terminals
  notices: NoticeList
  /** Read at each opening, for the playground's may have been given other nodes. */
  world(): LessonWorld | null
  /** Of a cluster without a record. */
  seed: string
  /** Lets time go on. */
  run(): void
}

export interface Opening {
  /** Shows what the engine has opened. */
  adopt(opened: Answers['open']): void
  /**
   * Opens the cluster with this work. A record that cannot be played is given up, with a notice; the files stay.
   * @param visited whether it is somebody else's, to which nobody comes back
   */
  start(work: Work | undefined, visited?: boolean): Promise<void>
  /** Plays a record, to its end or to `until`, in place of what is there. */
  goTo(work: Played, until?: number): Promise<void>
}

export function createOpening({ engine, state, files, terminals, notices, world, seed, run }: Means): Opening {
  function adopt(opened: Answers['open']): void {
    files.has(opened.files)
    terminals.are(opened.terminals)
    state.set({
      phase: 'ready',
      now: opened.now,
      end: Math.max(opened.now, opened.record.end),
      began: opened.record.start,
      edit: undefined,
    })
    run()
  }
  return {
    adopt,
    async start(work, visited = false) {
      const open = (record: Work['record']): Promise<Answers['open']> =>
        engine.open(world(), work?.record?.seed ?? seed, record, terminals.firstWindow)
      let opened: Answers['open']
      try {
        opened = await open(work?.record)
        if (!visited && work?.record && work.record.inputs.length > 1) notices.notice('restored')
      } catch (error) {
        if (!work?.record) throw error
        console.error(error)
        terminals.clear()
        opened = await open(undefined)
        notices.notice('unrestored')
      }
      files.replace(visible({ ...opened.files, ...work?.files }), work?.active)
      adopt(opened)
    },
    async goTo(work, until) {
      state.set({ phase: 'restoring', edit: undefined })
      terminals.clear()
      try {
        const opened = await engine.replay(work.record, until)
        files.replace(visible({ ...opened.files, ...work.files }), work.active)
        adopt(opened)
      } catch (error) {
        notices.notice('crashedHard')
        state.set({ phase: 'dead' })
        throw error
      }
    },
  }
}
