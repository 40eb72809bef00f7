/** The exam's page: draws the exam, keeps the sitting, and has it marked when time is up or the reader hands in. */
import { render } from 'preact'
import { drawExam, EXAM_ID, type Exam, score } from '../../../sandbox/scenario/exam/exam.ts'
import type { CheckResult } from '../../../sandbox/scenario/session.ts'
import type { ExamFacts } from '../course/exam.ts'
import { base } from '../page/base.ts'
import { read, remove, update, write } from '../page/keep.ts'
import type { Lang, Words } from '../words/words.ts'
import type { Facts } from '../workbench/begun.ts'
import type { Tab, WorkbenchHandle } from '../workbench/handle.ts'
import { createStore } from '../workbench/store.ts'
import { ExamApp } from './ExamApp.tsx'
import { type Past, pastOf, sittingOf } from './kept.ts'
import { begin, newSeed, pause, restLeft, resume, type Sitting, seedIn, tick, timeLeft } from './sitting.ts'

export interface ExamState {
  sitting: Sitting | undefined
  exam: Exam | undefined
  past: readonly Past[]
  /** The wall clock, once a second. */
  now: number
  /** How many tasks have been marked, while that is under way. */
  marking: number | undefined
  /** What was asked for last could not be done. */
  failed: boolean
}

export interface ExamDeeds {
  begin(): void
  pause(): void
  resume(): void
  tick(task: string, done: boolean): void
  handIn(): void
  /** Puts the sitting away; with its seed the same tasks can be had again. */
  again(seed?: string): void
  look(): void
}

const KEPT = ['exam', 'sitting'] as const
const PAST = ['exam', 'past'] as const
const MOST_PAST = 20
const words: Record<Lang, () => Promise<Words>> = {
  zh: async () => (await import('../words/zh.ts')).zh,
  en: async () => (await import('../words/en.ts')).en,
}

interface Page {
  /** Opens the workbench, once the exam has begun. */
  open(): Promise<WorkbenchHandle>
  showTab(tab: Tab): void
}

export function openExam({ open, showTab }: Page): { begun: Promise<Facts & { seed: string }> } {
  const place = document.querySelector<HTMLElement>('[data-exam]')!
  const lang = document.documentElement.dataset.lang === 'zh' ? 'zh' : 'en'
  const state = createStore<ExamState>({
    sitting: undefined,
    exam: undefined,
    past: [],
    now: Date.now(),
    marking: undefined,
    failed: false,
  })
  let facts: ExamFacts
  let told: (facts: Facts & { seed: string }) => void = () => {}
  const begun = new Promise<Facts & { seed: string }>(resolve => (told = resolve))

  const fail = (error: unknown): void => {
    console.error(error)
    state.set({ failed: true })
  }

  /** Everything that the sitting's state decides about the page. */
  function show(): void {
    const { sitting } = state.get()
    place.dataset.exam = !sitting ? 'idle' : sitting.ended ? 'ended' : sitting.pausedOn ? 'paused' : 'running'
  }
  async function keep(sitting: Sitting): Promise<void> {
    state.set({ sitting, now: Date.now() })
    show()
    await write(KEPT, sitting)
  }
  function sit(sitting: Sitting): void {
    state.set({ sitting, exam: drawExam(facts.source, sitting.seed) })
    show()
    history.replaceState(null, '', `?seed=${sitting.seed}`)
  }
  function work(): void {
    const { exam } = state.get()
    if (!exam) return
    const files = Object.keys(exam.world.files).filter(path => !path.startsWith('.'))
    told({ seed: exam.seed, world: exam.world, open: files })
    void open()
      .then(bench => bench.setPaused(false))
      .catch(fail)
  }

  async function mark(): Promise<void> {
    const { sitting, exam, marking } = state.get()
    if (!sitting || !exam || sitting.ended || marking !== undefined) return
    const on = Math.min(Date.now(), Date.now() + timeLeft(facts.source, sitting, Date.now()))
    state.set({ marking: 0, failed: false })
    try {
      work()
      const bench = await open()
      // The world stands still, so that every task is judged by the same instant.
      bench.setPaused(true)
      const results: Record<string, CheckResult[]> = {}
      for (const { id } of exam.tasks) {
        results[id] = await bench.check(id)
        state.set({ marking: Object.keys(results).length })
      }
      bench.setPaused(false)
      const { percent, passed } = score(facts.source, exam.tasks, results)
      await keep({ ...resume(facts.source, sitting, Date.now()), ended: { on, results } })
      const mine: Past = { seed: exam.seed, on, percent, passed }
      state.set({ past: [mine, ...state.get().past] })
      await update<unknown>(PAST, old => [mine, ...pastOf(old)].slice(0, MOST_PAST))
      showTab('prose')
      document.querySelector<HTMLElement>('[data-exam-result]')?.focus()
    } catch (error) {
      fail(error)
    } finally {
      state.set({ marking: undefined })
    }
  }

  const change = (how: (sitting: Sitting) => Sitting): void => {
    const { sitting } = state.get()
    if (sitting && !sitting.ended) void keep(how(sitting))
  }
  const deeds: ExamDeeds = {
    begin() {
      const sitting = begin(seedIn(location.search) ?? newSeed(), Date.now())
      void (async () => {
        // Whoever takes the same tasks again begins with an empty table.
        await remove(['work', `${EXAM_ID}#${sitting.seed}`])
        sit(sitting)
        await keep(sitting)
        work()
        await open()
        // Loading the workbench is not the reader's time.
        await keep({ ...sitting, ...state.get().sitting, begunOn: Date.now() })
      })().catch(fail)
    },
    pause() {
      change(s => pause(facts.source, s, Date.now()))
      void open()
        .then(bench => bench.setPaused(true))
        .catch(fail)
    },
    resume() {
      change(s => resume(facts.source, s, Date.now()))
      work()
    },
    tick: (task, done) => change(s => tick(s, task, done)),
    handIn: () => void mark(),
    again(seed) {
      void remove(KEPT).then(() => location.assign(seed ? `${location.pathname}?seed=${seed}` : location.pathname))
    },
    look: work,
  }

  function everySecond(): void {
    const { sitting } = state.get()
    if (!sitting || sitting.ended) return
    const now = Date.now()
    state.set({ now })
    if (sitting.pausedOn !== undefined && restLeft(facts.source, sitting, now) === 0) deeds.resume()
    // What has failed once is tried again by the reader's hand.
    else if (timeLeft(facts.source, sitting, now) === 0 && !state.get().failed) void mark()
  }

  async function start(): Promise<void> {
    const [response, t, kept, past] = await Promise.all([
      fetch(new URL(`lab/${EXAM_ID}-${lang}.json`, base)),
      words[lang](),
      read(KEPT),
      read(PAST),
    ])
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`)
    facts = (await response.json()) as ExamFacts
    state.set({ past: pastOf(past) })
    const sitting = sittingOf(kept)
    if (sitting) sit(sitting)
    show()
    render(<ExamApp {...{ state, deeds, facts, t, lang }} />, place)
    if (sitting && !sitting.ended && sitting.pausedOn === undefined) work()
    setInterval(everySecond, 1000)
  }
  void start().catch(error => {
    console.error(error)
    place.textContent = place.dataset.failed ?? ''
  })
  return { begun }
}
