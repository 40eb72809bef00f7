/** Puts the workbench in its place on the page. The page imports this when the reader wants it. */
import { render } from 'preact'
import type { LessonWorld } from '../../../sandbox/scenario/session.ts'
import type { Lang, Words } from '../words/words.ts'
import type { Bench, Tab } from './bench.ts'
import { LabContext } from './context.ts'
import { loadMonaco } from './editor/CodeEditor.tsx'
import { createModel } from './model.ts'
import { fromLink } from './share.ts'
import { Workbench } from './Workbench.tsx'
import '../styles/workbench.css'

const words: Record<Lang, () => Promise<Words>> = {
  zh: async () => (await import('../words/zh.ts')).zh,
  en: async () => (await import('../words/en.ts')).en,
}

/** @param seed that a class has given the learner for this lesson */
export async function openWorkbench(
  place: HTMLElement,
  lesson: string,
  showTab: (tab: Tab) => void,
  seed?: string,
): Promise<Bench> {
  const lang = document.documentElement.dataset.lang === 'zh' ? 'zh' : 'en'
  const facts = async (): Promise<{ world: LessonWorld | null; open: string[] }> => {
    const response = await fetch(place.dataset.facts ?? '')
    if (!response.ok) throw new Error(`${place.dataset.facts}: ${response.status}`)
    return response.json()
  }
  const [{ world, open }, t] = await Promise.all([facts(), words[lang]()])
  const [, packed] = /^#shared=(.+)$/.exec(location.hash) ?? []
  // Once: after a reload the reader finds their own work.
  if (packed) history.replaceState(null, '', location.pathname + location.search)
  const model = createModel({
    lesson,
    world,
    open,
    showTab,
    makeWorker: () => new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'cluster' }),
    tooBig: t.editor.tooBig,
    seed,
    ...(packed && { shared: fromLink(packed) }),
  })
  // For whoever embeds the page, and for tests: the element carries its workbench.
  Object.assign(place, { podlab: model })
  const begun = model.begin()
  const poster = [...place.children]
  place.replaceChildren()
  place.dataset.open = ''
  render(
    <LabContext.Provider value={{ model, t }}>
      <Workbench />
    </LabContext.Provider>,
    place,
  )
  void loadMonaco(t.editor.didYouMean).catch(() => {})
  try {
    await begun
  } catch (error) {
    // Back to the button, so that the reader can try again.
    render(null, place)
    delete place.dataset.open
    place.replaceChildren(...poster)
    throw error
  }
  return model
}
