/**
 * The page that an LMS opens: it speaks with the LMS and holds the lesson in a frame, so that the reader can change the language, or
 * reload, within one attempt. The lesson's page finds it through page/keep.ts.
 */
import {
  bothHinted,
  type Keeper,
  type Key,
  noProgress,
  onStorageFailed,
  type Progress,
  read,
  readProgress,
  write,
} from '../page/keep.ts'
import type { Work } from '../workbench/keeping.ts'
import { findApi } from './api.ts'
import { beginAttempt, type Facts } from './attempt.ts'
import type { Kept } from './suspend.ts'

const { dataset } = document.documentElement
const frame = document.querySelector<HTMLIFrameElement>('iframe')!
const pages = [...document.querySelectorAll<HTMLAnchorElement>('[data-page]')]
const lesson = frame.dataset.lesson ?? ''
const facts: Facts = {
  counted: (frame.dataset.counted ?? '').split(' ').filter(Boolean),
  ...(frame.dataset.pass && { pass: Number(frame.dataset.pass) }),
}

/** One line above the lesson, for what its reader should know. */
const note = document.querySelector<HTMLElement>('[data-lms-note]')!
function tell(kind: 'apart' | 'refused' | 'partly' | undefined): void {
  note.hidden = kind === undefined
  note.textContent = kind === undefined ? '' : (note.dataset[kind] ?? '')
}

const PATIENCE_MS = 10_000
const began = Date.now()
const api = findApi(window)
const attempt = api && beginAttempt(api, facts)
if (!attempt) tell('apart')
// Several people may use one browser.
if (attempt?.learner) dataset.learner = attempt.learner

let kept: Kept = attempt?.kept ?? { on: 0, progress: noProgress() }
let storage = true
onStorageFailed(() => {
  storage = false
})

/** Where the reader came to last: what is above grows when pictures and the workbench come, and must not take it away. */
let place = placeOf(attempt?.location)[1]

/** The language, and the exercise or question that the reader has come to. */
function location(): string {
  const page = frame.contentDocument
  const places = [...(page?.querySelectorAll<HTMLElement>('[data-place]') ?? [])]
  const near = places.findLast(place => place.getBoundingClientRect().top < innerHeight / 2)
  place = near?.id ?? place
  return `${page?.documentElement.dataset.lang ?? ''}#${place}`
}
function placeOf(location = ''): [lang: string, place: string] {
  const [, lang = '', place = ''] = /^(\w*)#(.*)$/.exec(location) ?? []
  return [lang, place]
}

let later: ReturnType<typeof setTimeout> | undefined
function save(): void {
  clearTimeout(later)
  later = undefined
  if (!attempt) return
  const { taken, whole } = attempt.save(kept, location())
  tell(!taken ? 'refused' : !whole && !storage ? 'partly' : undefined)
}

const keeper: Keeper = {
  learner: attempt?.learner ?? '',
  read([kind, of]: Key) {
    if (of !== lesson) return undefined
    return kind === 'progress' ? kept.progress : kind === 'work' ? kept.work : undefined
  },
  write([kind, of]: Key, value: unknown) {
    if (of !== lesson || !(kind === 'progress' || kind === 'work')) return
    kept = { ...kept, [kind]: value ?? (kind === 'progress' ? noProgress() : undefined), on: Date.now() }
    void write(['lms', lesson], kept.on)
    // What was passed is told at once; keystrokes are gathered, since to be told costs an LMS a request.
    if (kind === 'progress') save()
    else later ??= setTimeout(save, PATIENCE_MS)
  },
}
Object.assign(window, { podlabKeeper: keeper })

/** Whichever is further: this browser, or the LMS, which may have been told by another. */
async function agree(): Promise<void> {
  const local = await read<number>(['lms', lesson])
  const progress = await readProgress(lesson)
  const work = await read<Work>(['work', lesson])
  const both: Progress = {
    ...(progress ?? noProgress()),
    passed: [...new Set([...kept.progress.passed, ...(progress?.passed ?? [])])],
    answers: { ...kept.progress.answers, ...progress?.answers },
    solved: { ...kept.progress.solved, ...progress?.solved },
    hinted: bothHinted(kept.progress.hinted, progress?.hinted),
  }
  const ahead = kept.on > (local ?? 0)
  const chosen = (ahead ? (kept.work ?? work) : (work ?? kept.work)) as Work | undefined
  kept = { on: Math.max(kept.on, local ?? 0), progress: both, ...(chosen && { work: chosen }) }
  await write(['progress', lesson], both)
  if (chosen) await write(['work', lesson], chosen)
}

/** In the language of last time, or that of the browser. */
function first(): string {
  const [lang] = placeOf(attempt?.location)
  const wanted = [lang, ...navigator.languages.map(l => l.slice(0, 2).toLowerCase())]
  const page = wanted.flatMap(l => pages.find(p => p.dataset.page === l) ?? [])[0] ?? pages[0]
  return `${page?.href ?? ''}${place && `#${place}`}`
}

let finished = false
addEventListener('pagehide', () => {
  if (finished || !attempt) return
  finished = true
  // The lesson's page hears that it is left only after us: it saves what was typed last.
  frame.contentWindow?.dispatchEvent(new Event('pagehide'))
  save()
  attempt.finish((Date.now() - began) / 1000)
})

document.addEventListener('visibilitychange', () => document.hidden && later !== undefined && save())

await agree()
frame.src = first()
frame.addEventListener('load', save, { once: true })
