/** Looking into the past, watching it again, and beginning another course in it: all of it by playing the record. */
import type { ClusterView, SessionRecord } from '../../../sandbox/scenario/session.ts'
import type { Engine } from './engine.ts'
import type { Work } from './keeping.ts'
import { deeds, Happened, inOrder, type Moment } from './moments.ts'
import type { NoticeKind, State } from './state.ts'
import type { Store } from './store.ts'

/** Work whose record can be played. */
export type Played = Work & { record: SessionRecord }

/** Effects are seen a little later than their cause. */
const AFTER_MS = 1000

interface Means {
  engine: () => Engine
  state: Store<State>
  /** Plays a record in place of what is there, to its end or to `until`. */
  goTo(work: Played, until?: number): Promise<void>
  setFiles(files: Record<string, string>, active?: string): void
  notice(kind: NoticeKind): void
  dismiss(kind: NoticeKind): void
  run(): void
  save(): void
  /** What is shown goes on from here: for what had to wait while the past was looked at. */
  live(): void
}

export interface Past {
  see(events: ClusterView['events']): void
  moments(): readonly Moment[]
  lookAt(at: number): Promise<void>
  stepBack(): Promise<void>
  present(): Promise<void>
  /** Where the learner stands, for who looks into the past has not left the present. */
  standing(): Work | undefined
  branched(): void
  caughtUp(): void
  /** Another world has begun. */
  forget(): void
}

export function createPast({ engine, state, goTo, setFiles, notice, dismiss, run, save, live }: Means): Past {
  const happened = new Happened()
  /** Where the learner stands, while looking into the past. */
  let present: Played | undefined
  /** Where the learner stood, before another course was begun in the past. */
  let before: Played | undefined
  /** Whether it was the learner who had stopped time. Who looks back has it stopped for them. */
  let stopped = false

  async function lookAt(wanted: number): Promise<void> {
    const record = await engine().whole()
    // Not before the learner's first terminal was there.
    const at = Math.max(wanted, (record.inputs[0]?.at ?? record.start) + 1)
    if (at >= record.end) return present && backToPresent()
    const { files, active } = state.get()
    if (!present) stopped = state.get().paused
    present ??= { files: { ...files }, record, ...(active && { active }) }
    dismiss('branched')
    state.set({ paused: true, past: true })
    run()
    await goTo({ files: {}, record, ...(active && { active }) }, at)
    notice('past')
  }

  async function backToPresent(): Promise<void> {
    const work = present ?? before
    leave()
    if (!work) return
    state.set({ paused: stopped })
    await goTo(work)
    live()
    save()
  }

  function leave(): void {
    present = before = undefined
    dismiss('past')
    dismiss('branched')
    state.set({ past: false })
  }

  const moments = (): Moment[] => inOrder(deeds(engine().record?.inputs ?? []), happened.all())

  /** One journey at a time; of several wishes the last counts. */
  let travelling: Promise<void> | undefined
  let wishes: (() => Promise<void>)[] = []
  function travel(to: () => Promise<void>): Promise<void> {
    wishes = [to]
    travelling ??= (async () => {
      try {
        for (let next = wishes.pop(); next; next = wishes.pop()) await next()
      } finally {
        travelling = undefined
      }
    })()
    return travelling
  }

  return {
    see: events => happened.see(events),
    moments,
    lookAt: at => travel(async () => lookAt(at)),
    stepBack() {
      const { now, began } = state.get()
      const earlier = moments().findLast(m => m.at + AFTER_MS < now && m.at >= began)
      return travel(async () => lookAt(earlier ? earlier.at + AFTER_MS : began))
    },
    present: () => travel(backToPresent),
    standing: () => present,
    branched() {
      const { now } = state.get()
      happened.forgetAfter(now)
      const old = present
      leave()
      before = old
      state.set({ end: now, paused: stopped && state.get().paused })
      run()
      notice('branched')
      live()
      save()
    },
    caughtUp() {
      if (present) setFiles(present.files, present.active)
      leave()
      live()
    },
    forget() {
      happened.forgetAfter(0)
      leave()
    },
  }
}
