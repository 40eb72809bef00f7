/** A lesson's page in a class: it tells the classroom where its learner is, hands in what was solved, and shows hints. */
import { sealOf } from '../../../sandbox/scenario/seal.ts'
import type { CheckResult } from '../../../sandbox/scenario/session.ts'
import type { Words } from '../words/words.ts'
import type { WorkbenchHandle } from '../workbench/handle.ts'
import { type Membership, showStrip } from './class-strip.ts'
import { hintsSeen } from './hints.ts'

export interface ClassSide {
  /** The learner's own for this lesson. */
  seed: string
  /**
   * After a check.
   * @param passed how many exercises of the lesson are solved now
   * @param verdict where the check's outcome stands; what the classroom says is added to it
   */
  checked(
    exercise: string,
    results: readonly CheckResult[],
    passed: number,
    bench: WorkbenchHandle,
    verdict: HTMLElement,
  ): Promise<void>
}

interface Hint {
  id: string
  lesson: string
  text: string
}
interface Submission {
  id: string
  state: 'waiting' | 'passed' | 'failed' | 'refused'
  refusal: keyof Words['classroom']['refusals'] | null
}

const BEAT_MS = 15_000
const JUDGED_EVERY_MS = 1000
const AGAIN_MS = 5000

/**
 * @param open the workbench, begun if it has not been
 * @returns undefined for who has not joined a class: the page is then like any other
 */
export async function joinClass(
  api: string,
  lesson: string,
  open: () => Promise<WorkbenchHandle>,
): Promise<ClassSide | undefined> {
  const ask = (path: string, body?: string): Promise<Response> =>
    fetch(`${api}${path}`, body === undefined ? {} : { method: 'POST', body })
  const response = await ask(`seed?lesson=${encodeURIComponent(lesson)}`)
  const told = (response.ok ? await response.json() : { seed: null }) as
    | { seed: null }
    | ({ seed: string } & Membership)
  if (told.seed === null) return undefined
  const { seed } = told
  const t = await wordsOfPage()
  showStrip(t, told, async text => {
    const { record } = await (await open()).history()
    const { ok, status } = await ask(`help?${new URLSearchParams({ lesson, text })}`, JSON.stringify(record))
    if (!ok) throw new Error(`${status}`)
  })

  const shown = new Set<string>()
  function showHints(hints: readonly Hint[]): void {
    for (const hint of hints) {
      if (hint.lesson !== lesson || shown.has(hint.id)) continue
      shown.add(hint.id)
      showHint(t, hint.text, () => void ask(`hints/${hint.id}/seen`, '').catch(() => {}))
    }
  }

  const at = { lesson, exercise: null as string | null, failing: null as string | null, passed: 0 }
  const tell = async (): Promise<void> => {
    const answer = await ask('progress', JSON.stringify(at))
    if (answer.ok) showHints(((await answer.json()) as { hints: Hint[] }).hints)
  }
  // Somebody may be offline for a while; the next beat tells the same again.
  const beat = (): void => void (document.hidden ? undefined : tell().catch(() => {}))
  beat()
  setInterval(beat, BEAT_MS)

  /** Sent until it has arrived: the same again is the same submission. */
  async function handIn(exercise: string, body: string): Promise<Submission> {
    const path = `submissions?lesson=${encodeURIComponent(lesson)}&exercise=${encodeURIComponent(exercise)}`
    for (;;) {
      const answer = await ask(path, body).catch(() => undefined)
      if (answer?.ok) return (await answer.json()) as Submission
      if (answer && answer.status < 500 && answer.status !== 429) throw new Error(`${answer.status}`)
      await sleep(AGAIN_MS)
    }
  }
  async function judged(id: string): Promise<Submission> {
    for (;;) {
      await sleep(JUDGED_EVERY_MS)
      const answer = await ask('submissions').catch(() => undefined)
      const found = answer?.ok ? ((await answer.json()) as Submission[]).find(s => s.id === id) : undefined
      if (found && found.state !== 'waiting') return found
    }
  }

  return {
    seed,
    async checked(exercise, results, passed, bench, verdict) {
      const failing = results.find(r => !r.passed)?.id ?? null
      Object.assign(at, { exercise, failing, passed })
      void tell().catch(() => {})
      if (failing !== null || results.length === 0) return
      const say = adding(verdict)
      say(t.handingIn)
      const { record, hash } = await bench.history()
      const asked = document.querySelector(`[data-exercise="${CSS.escape(exercise)}"]`)
      const hints = asked ? hintsSeen(asked) : 0
      const { id } = await handIn(exercise, JSON.stringify({ exercise, record, seal: sealOf(record, hash), hints }))
      say(t.handedIn)
      const { state, refusal } = await judged(id)
      say(state === 'passed' ? t.counted : refusal ? `${t.refused} ${t.refusals[refusal] ?? refusal}` : t.notCounted)
    },
  }
}

const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

async function wordsOfPage(): Promise<Words['classroom']> {
  const zh = document.documentElement.dataset.lang === 'zh'
  return zh ? (await import('../words/zh.ts')).zh.classroom : (await import('../words/en.ts')).en.classroom
}

/** One line after the verdict, written over each time; a new verdict takes it away. */
function adding(verdict: HTMLElement): (text: string) => void {
  const line = document.createElement('span')
  line.className = 'class-said'
  return text => {
    if (!line.isConnected && !line.textContent) verdict.append(line)
    line.textContent = ` ${text}`
  }
}

/** Above the prose, until it is put away. */
function showHint(t: Words['classroom'], text: string, seen: () => void): void {
  const box = document.createElement('aside')
  box.className = 'class-hint'
  box.setAttribute('role', 'status')
  const title = document.createElement('strong')
  title.textContent = t.hint
  const words = document.createElement('p')
  words.textContent = text
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'button small quiet'
  close.textContent = t.hintSeen
  close.addEventListener('click', () => {
    box.remove()
    seen()
  })
  box.append(title, words, close)
  document.querySelector('[data-lesson-body]')?.before(box)
}
