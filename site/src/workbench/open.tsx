/** Puts the workbench in its place on the page. The page imports this when the reader wants it. */
import { render } from 'preact'
import type { Begun } from './begun.ts'
import { LabContext } from './context.ts'
import type { Tab, WorkbenchHandle } from './handle.ts'
import { createModel } from './model.ts'
import { fromLink } from './share.ts'
import { Workbench } from './Workbench.tsx'
import '../styles/workbench.css'

/** @param seed that a class has given the learner for this lesson, or that the exam was drawn from */
export async function openWorkbench(
  place: HTMLElement,
  lesson: string,
  showTab: (tab: Tab) => void,
  begun: Begun,
  seed?: string,
): Promise<WorkbenchHandle> {
  const [{ world, open }, t] = await Promise.all([begun.facts, begun.words])
  const [, packed] = /^#shared=(.+)$/.exec(location.hash) ?? []
  // Once: after a reload the reader finds their own work.
  if (packed) history.replaceState(null, '', location.pathname + location.search)
  // There when the site's owner and the lesson offer real Node; its value is the owner's key.
  const realKey = place.dataset.realNode
  const model = createModel({
    lesson,
    world,
    open,
    showTab,
    makeWorker: begun.makeWorker,
    tooBig: t.editor.tooBig,
    seed,
    ...(packed && { shared: fromLink(packed) }),
    ...(realKey !== undefined && {
      real: async () => (await import('./real/in-browser.ts')).realNodesInBrowser(realKey),
    }),
  })
  // For whoever embeds the page, and for tests: the element carries its workbench.
  Object.assign(place, { podlab: model })
  const ready = model.begin()
  const poster = [...place.children]
  place.replaceChildren()
  place.dataset.open = ''
  render(
    <LabContext.Provider value={{ model, t }}>
      <Workbench />
    </LabContext.Provider>,
    place,
  )
  try {
    await ready
  } catch (error) {
    // Back to the button, so that the reader can try again.
    render(null, place)
    delete place.dataset.open
    place.replaceChildren(...poster)
    throw error
  }
  return model
}
