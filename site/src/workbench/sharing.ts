/** Giving away what one sees, and looking at what others have given without giving up one's own. */
import { bothHinted, noProgress, readProgress, updateProgress } from '../page/keep.ts'
import type { Engine } from './engine.ts'
import type { Keeping } from './keeping.ts'
import type { Past, Played } from './past.ts'
import { fromFile, type Shared, toFile, toLink } from './share.ts'
import type { NoticeKind, State } from './state.ts'
import type { Store } from './store.ts'
import { cut } from './tape.ts'

interface Means {
  lesson: string
  /** The lesson's id, as records have it. */
  world: string
  engine: Engine
  state: Store<State>
  keeping: Keeping
  past: Past
  goTo(work: Played): Promise<void>
  notice(kind: NoticeKind): void
}

export interface Sharing {
  /** What can be seen now: in the past, what had been done by then. */
  seen(): Promise<Shared>
  /** An address that leads to what can be seen now. */
  shareLink(): Promise<string>
  exported(): Promise<{ name: string; text: string }>
  /** Shows what somebody saved in a file, without giving up the reader's own work. */
  visit(text: string): Promise<void>
  /** Makes what is visited the reader's own. */
  keepVisit(): Promise<void>
  /** What a link brought along, unless it is damaged or belongs elsewhere. */
  arrive(shared: Promise<Shared> | undefined): Promise<Shared | undefined>
  /** Nothing is visited any more. */
  leave(): void
}

export function createSharing({ lesson, world, engine, state, keeping, past, goTo, notice }: Means): Sharing {
  let visited: Shared | undefined

  const ours = (shared: Shared): Shared => {
    if (shared.record.lesson !== world) throw new Error(`it belongs to ${shared.record.lesson}`)
    return shared
  }
  function show(shared: Shared): void {
    visited = shared
    keeping.hold(true)
    notice('visiting')
  }
  async function seen(): Promise<Shared> {
    const record = await engine.whole()
    const { files, active, past: looksBack, now } = state.get()
    return {
      record: looksBack ? cut(record, now).past : record,
      files: { ...files },
      ...(active !== undefined && { active }),
    }
  }

  return {
    seen,
    async shareLink() {
      return `${location.origin}${location.pathname}${location.search}#shared=${await toLink(await seen())}`
    },
    async exported() {
      const progress = await readProgress(lesson)
      const name = `podlab-${(lesson || 'playground').replace(/\W+/g, '-')}.json`
      return { name, text: toFile({ ...(await seen()), ...(progress && { progress }) }) }
    },
    async visit(text) {
      const shared = ours(fromFile(text))
      past.forget()
      show(shared)
      state.set({ paused: false })
      await goTo(shared)
    },
    async keepVisit() {
      const progress = visited?.progress
      if (progress)
        await updateProgress(lesson, (old = noProgress()) => ({
          ...old,
          passed: [...new Set([...old.passed, ...progress.passed])],
          answers: { ...progress.answers, ...old.answers },
          // Where in the record that is now the reader's own.
          solved: { ...old.solved, ...progress.solved },
          hinted: bothHinted(old.hinted, progress.hinted),
          opened: true,
        }))
      keeping.hold(false)
      await keeping.saveNow()
      // The marks in the prose are read when the page is.
      location.reload()
    },
    async arrive(shared) {
      try {
        const found = shared && ours(await shared)
        if (found) show(found)
        return found
      } catch (error) {
        console.error(error)
        notice('badLink')
        return undefined
      }
    },
    leave() {
      visited = undefined
      keeping.hold(false)
    },
  }
}
