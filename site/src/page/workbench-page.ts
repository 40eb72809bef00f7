/** A lesson page's own life: tabs, the split, questions, and the buttons in the prose; it fetches the workbench when that is wanted. */
import { milliseconds } from '../course/output-steps.ts'
import { type Begun, begin } from '../workbench/begun.ts'
import type { Tab, WorkbenchHandle } from '../workbench/handle.ts'
import { base } from './base.ts'
import { hintsSeen, markSeen, showHints } from './hints.ts'
import {
  bothHinted,
  LAST,
  noProgress,
  type Progress,
  readProgress,
  type Solved,
  updateProgress,
  write,
} from './keep.ts'
import { watchSplitters } from './splitter.ts'

const page = document.querySelector<HTMLElement>('[data-bench]')!
const lab = document.querySelector<HTMLElement>('[data-lab]')!
const lesson = lab.dataset.lesson ?? ''
const narrow = matchMedia('(max-width: 63.99rem)')

// --- The workbench, when wanted

/** Where the page is served by a classroom, its side of it. */
const api = document.querySelector<HTMLMetaElement>('meta[name="podlab-classroom"]')?.content
const classroom =
  api && lesson && lesson !== 'exam'
    ? import('./classroom.ts').then(m => m.joinClass(api, lesson, () => open()))
    : undefined

/** The exam has a world of its own, which is there once it has begun. */
const exam =
  lesson === 'exam' ? import('../exam/page.tsx').then(m => m.openExam({ open: () => open(), showTab })) : undefined

const status = lab.querySelector<HTMLElement>('[data-lab-status]')
const startButton = lab.querySelector<HTMLButtonElement>('[data-lab-start]')
let bench: Promise<WorkbenchHandle> | undefined

const startedKey = `podlab.started:${lesson}`
const session = (work: (storage: Storage) => void): void => {
  try {
    work(sessionStorage)
  } catch {
    // No session storage: after a reload the reader presses the button again.
  }
}

function open(): Promise<WorkbenchHandle> {
  bench ??= (async () => {
    if (startButton) startButton.disabled = true
    let begun: Begun | undefined
    try {
      const given = await (await exam)?.begun
      begun = begin(lab, given)
      if (status) status.textContent = status.dataset.starting ?? ''
      const { openWorkbench } = await import('../workbench/open.tsx')
      const opened = await openWorkbench(lab, lesson, showTab, begun, given?.seed ?? (await classroom)?.seed)
      if (!exam) session(s => s.setItem(startedKey, '1'))
      void keep(progress => ({ ...progress, opened: true }))
      // A workbench in somebody else's page (embed.ts) is no place to go back to.
      if (lesson && !exam && document.querySelector('[data-lesson-body]'))
        void write(LAST, location.href.slice(base.href.length).replace(/^\w+\/|[?#].*$/g, ''))
      return opened
    } catch (error) {
      begun?.stop()
      bench = undefined
      if (startButton) {
        startButton.disabled = false
        startButton.textContent = status?.dataset.retry ?? ''
      }
      const { failed, noWorker } = status?.dataset ?? {}
      if (status) status.textContent = ('Worker' in window ? failed : noWorker) ?? ''
      throw error
    }
  })()
  return bench
}
startButton?.addEventListener('click', () => void open().catch(console.error))
/** Starts fetching when the pointer or focus reaches the button. */
const comeNear = (): void => void import('../workbench/open.tsx').catch(() => {})
for (const sign of ['pointerenter', 'focus'])
  for (const button of document.querySelectorAll('[data-lab-start], [data-tab-button]'))
    button.addEventListener(sign, comeNear, { once: true })
// A workbench that was open before a reload opens again.
session(s => s.getItem(startedKey) && void open().catch(console.error))

document.querySelector('[data-cluster-size]')?.addEventListener('submit', event => {
  event.preventDefault()
  const workers = Number(new FormData(event.target as HTMLFormElement).get('workers'))
  showTab('cluster')
  void open()
    .then(b => b.rebuild(workers))
    .catch(console.error)
})

// --- Tabs on a narrow screen

const tabButtons = [...document.querySelectorAll<HTMLButtonElement>('[data-tab-button]')]
const prose = document.querySelector<HTMLElement>('.bench-prose')
/** On a tablet held upright the prose stays in view above the workbench, and scrolls by itself. */
const upright = matchMedia('(min-width: 40rem) and (max-width: 63.99rem) and (orientation: portrait)')
let proseScroll = 0
function showTab(tab: Tab): void {
  if (page.dataset.tab === 'prose') proseScroll = scrollY
  else if (upright.matches) proseScroll = prose?.scrollTop ?? 0
  page.dataset.tab = tab
  for (const button of tabButtons) button.setAttribute('aria-pressed', String(button.dataset.tabButton === tab))
  if (narrow.matches) scrollTo({ top: tab === 'prose' ? proseScroll : 0, behavior: 'instant' })
  if (upright.matches && tab !== 'prose') prose?.scrollTo({ top: proseScroll, behavior: 'instant' })
}
for (const button of tabButtons)
  button.addEventListener('click', () => {
    const tab = button.dataset.tabButton as Tab
    showTab(tab)
    if (tab !== 'prose') void open().catch(console.error)
  })

// The exam's clock is in sight behind every tab, and a link beside it leads to the tasks.
prose?.addEventListener('click', event => {
  if ((event.target as Element).closest('a[href^="#"]') && !upright.matches) showTab('prose')
})

document.querySelector<HTMLButtonElement>('[data-pressed]')?.click()
// A link to a session leads to the session, also where the prose would cover it.
if (location.hash.startsWith('#shared=')) {
  if (narrow.matches) showTab('cluster')
  void open().catch(console.error)
}

watchSplitters(page)

// --- Progress

const keep = (change: (old: Progress) => Progress): Promise<unknown> =>
  updateProgress(lesson, old => change(old ?? noProgress()))

const exercises = [...document.querySelectorAll<HTMLElement>('[data-exercise]')]
const finished = document.querySelector<HTMLElement>('[data-finished]')
const passed = new Set<string>()
function markPassed(id: string): void {
  passed.add(id)
  const exercise = exercises.find(e => e.dataset.exercise === id)
  if (exercise) exercise.dataset.passed = ''
  if (finished) finished.hidden = !exercises.every(e => passed.has(e.dataset.exercise ?? ''))
}

// --- Exercises

/** A storage that does not answer keeps the verdict from nobody. */
const LONGEST_KEEPING_MS = 2000

const sleep = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

async function keepSolved(id: string, exercise: HTMLElement): Promise<void> {
  const { record } = await (await open()).history()
  const now: Solved = { at: record.end, on: new Date().toISOString(), hints: hintsSeen(exercise) }
  await keep(old => ({
    ...old,
    passed: [...new Set([...old.passed, id])],
    solved: { ...old.solved, [id]: now },
  }))
}

async function check(exercise: HTMLElement, button: HTMLButtonElement): Promise<void> {
  const id = exercise.dataset.exercise ?? ''
  const verdict = exercise.querySelector<HTMLElement>('[data-verdict]')!
  const words = verdict.dataset
  button.disabled = true
  verdict.textContent = words.checking ?? ''
  delete verdict.dataset.outcome
  try {
    const results = await (await open()).check(id)
    const hints: string[] = []
    for (const result of results) {
      const item = exercise.querySelector<HTMLElement>(`[data-check="${CSS.escape(result.id)}"]`)
      if (item) {
        item.dataset.outcome = result.passed ? 'passed' : 'failed'
        item.querySelector('.check-state')!.textContent = (result.passed ? words.passed : words.failed) ?? ''
      }
      if (!result.passed && result.hint) hints.push(result.hint)
    }
    showHints(exercise, hints)
    if (hints.length)
      void keep(old => ({ ...old, hinted: bothHinted(old.hinted, { [id]: hints }) })).catch(console.error)
    const right = results.length > 0 && results.every(r => r.passed)
    // Before anybody is told: whoever reads that it is right may leave the page at once.
    if (right) await Promise.race([keepSolved(id, exercise), sleep(LONGEST_KEEPING_MS)])
    verdict.dataset.outcome = right ? 'right' : 'wrong'
    const missing = results.filter(r => !r.passed).length
    const hint = exercise.querySelector<HTMLElement>('[data-hint][open] > div')?.textContent?.trim()
    verdict.textContent = right
      ? (words.right ?? '')
      : `${words.failed} · ${results.length - missing}/${results.length}`
    if (!right && hint) {
      // The hint is on the page; a screen reader hears it with the verdict.
      const spoken = document.createElement('span')
      spoken.className = 'visually-hidden'
      spoken.textContent = ` ${hint}`
      verdict.append(spoken)
    }
    void classroom
      ?.then(async room => {
        const opened = await open()
        const solved = new Set(right ? [...passed, id] : passed)
        if (opened.repeatable()) await room?.checked(id, results, solved.size, opened, verdict)
      })
      .catch(console.error)
    if (right) markPassed(id)
  } catch (error) {
    console.error(error)
    verdict.dataset.outcome = 'wrong'
    verdict.textContent = words.failure ?? ''
  } finally {
    button.disabled = false
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  await navigator.clipboard.writeText(button.dataset.text ?? '')
  const label = button.textContent
  button.textContent = button.dataset.done ?? ''
  setTimeout(() => {
    button.textContent = label
  }, 1600)
}

/** A prediction's command has been run: now it can be judged. */
function seen(button: HTMLElement): void {
  const form = button.closest<Question>('form[data-predict]')
  if (!form || form.dataset.answered === undefined) return
  form.dataset.run = ''
  judge(form)
}

document.querySelector('[data-lesson-body]')?.addEventListener('click', event => {
  const button = (event.target as Element).closest<HTMLButtonElement>('button[data-do]')
  if (!button) return
  const { do: action, text = '', skip = '' } = button.dataset
  const failed = (error: unknown): void => console.error(error)
  if (action === 'copy') void copy(button).catch(failed)
  if (action === 'check') void check(button.closest<HTMLElement>('[data-exercise]')!, button)
  if (action === 'run' || action === 'solve') {
    showTab('terminal')
    seen(button)
    void open()
      .then(b => b.run(text, milliseconds(skip)))
      .catch(failed)
  }
  if (action === 'fault') {
    showTab('cluster')
    seen(button)
    void open()
      .then(b => b.fault(text, milliseconds(skip)))
      .catch(failed)
  }
  if (action === 'compare') {
    const { path = '' } = button.dataset
    void open()
      .then(b => b.compare(path, text))
      .catch(failed)
  }
  if (action === 'open') {
    showTab('editor')
    void open()
      .then(b => b.openFile(text))
      .catch(failed)
  }
})

// --- Questions

type Question = HTMLFormElement
const chosen = (form: Question): number[] =>
  [...form.querySelectorAll<HTMLInputElement>('.option input')].flatMap((input, i) => (input.checked ? [i] : []))

function judge(form: Question): void {
  const options = [...form.querySelectorAll<HTMLElement>('.option')]
  const picked = chosen(form)
  const right = options.every((option, i) => 'correct' in option.dataset === picked.includes(i))
  form.dataset.answered = right ? 'right' : 'wrong'
  for (const [i, option] of options.entries()) option.toggleAttribute('data-picked', picked.includes(i))
  const verdict = form.querySelector<HTMLElement>('.verdict')!
  // A prediction is only noted; what happens says whether it was right.
  const open = form.dataset.predict !== undefined && form.dataset.run === undefined
  verdict.dataset.outcome = open ? 'open' : right ? 'right' : 'wrong'
  verdict.textContent = (open ? verdict.dataset.predicted : right ? verdict.dataset.right : verdict.dataset.wrong) ?? ''
}

for (const form of document.querySelectorAll<Question>('form.question')) {
  form.addEventListener('submit', event => {
    event.preventDefault()
    const picked = chosen(form)
    if (picked.length === 0) {
      const verdict = form.querySelector<HTMLElement>('.verdict')!
      verdict.textContent = verdict.dataset.choose ?? ''
      form.querySelector<HTMLInputElement>('.option input')?.focus()
      return
    }
    judge(form)
    void keep(old => ({ ...old, answers: { ...old.answers, [form.id]: picked } }))
  })
  form.addEventListener('change', () => {
    if (form.dataset.predict === undefined) delete form.dataset.answered
    form.querySelector('.verdict')!.textContent = ''
  })
}

void readProgress(lesson).then(progress => {
  if (!progress) return
  for (const id of progress.passed) markPassed(id)
  for (const exercise of exercises) markSeen(exercise, progress.hinted?.[exercise.dataset.exercise ?? ''] ?? [])
  for (const [id, picked] of Object.entries(progress.answers)) {
    const form = document.getElementById(id)
    if (!(form instanceof HTMLFormElement)) continue
    for (const [i, input] of [...form.querySelectorAll<HTMLInputElement>('.option input')].entries())
      input.checked = picked.includes(i)
    if (form.dataset.predict !== undefined) form.dataset.run = ''
    judge(form)
  }
})

// --- The glossary's explanations: Escape puts them away, and they stay on the screen.

for (const term of document.querySelectorAll<HTMLElement>('.term')) {
  const place = (): void => {
    term.removeAttribute('data-dismissed')
    const tip = term.querySelector<HTMLElement>('.term-tip')!
    tip.style.setProperty('--shift', '0px')
    const box = tip.getBoundingClientRect()
    const limit = narrow.matches ? innerWidth : page.querySelector('.bench-prose')!.getBoundingClientRect().right
    const over = Math.max(0, box.right - limit + 12)
    tip.style.setProperty('--shift', `${over > 0 ? -over : Math.max(0, 12 - box.left)}px`)
  }
  term.addEventListener('pointerenter', place)
  term.addEventListener('focusin', place)
  term.addEventListener('keydown', event => {
    if (event.key === 'Escape') term.dataset.dismissed = ''
  })
}

// --- A place named by its number, so that it is the same in both languages.

const nth = /^#s-(\d+)$/.exec(location.hash)?.[1]
if (nth) document.querySelectorAll('.prose h2')[Number(nth) - 1]?.scrollIntoView()
