/** Begins at the click on the workbench, while its own code is still on the way: the cluster, the lesson's facts, the terminal. */
import type { LessonWorld } from '../../../sandbox/scenario/session.ts'
import type { Lang, Words } from '../words/words.ts'

export interface Facts {
  world: LessonWorld | null
  open: readonly string[]
}

export interface Begun {
  facts: Promise<Facts>
  words: Promise<Words>
  /** The worker that has begun already; from the second time on, a new one. */
  makeWorker(): Worker
  /** Nobody will come for it. */
  stop(): void
}

const wordsIn: Record<Lang, () => Promise<Words>> = {
  zh: async () => (await import('../words/zh.ts')).zh,
  en: async () => (await import('../words/en.ts')).en,
}

const clusterWorker = (): Worker =>
  new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'cluster' })

async function fetchFacts(address: string): Begun['facts'] {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address}: ${response.status}`)
  return response.json()
}

/** @param given what the lab's file would tell, where the page knows it */
export function begin(place: HTMLElement, given?: Facts): Begun {
  let ahead: Worker | undefined = clusterWorker()
  // One that failed before anybody listened would be waited for in vain.
  ahead.addEventListener('error', () => {
    ahead = undefined
  })
  const facts = given ? Promise.resolve(given) : fetchFacts(place.dataset.facts ?? '')
  const words = wordsIn[document.documentElement.dataset.lang === 'zh' ? 'zh' : 'en']()
  const terminal = import('./terminal/xterm.ts')
  // A failure is told to whoever asks for the thing itself.
  for (const coming of [facts, words, terminal]) coming.catch(() => {})
  return {
    facts,
    words,
    makeWorker() {
      const worker = ahead ?? clusterWorker()
      ahead = undefined
      return worker
    },
    stop: () => ahead?.terminate(),
  }
}
