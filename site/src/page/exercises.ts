/** Marks the exercises that the reader has passed, and counts them; takes them along and brings them back. */
import { exportEverything, saveAs } from './export.ts'
import { allProgress } from './keep.ts'

const total = document.querySelector<HTMLElement>('[data-exercise-total]')
const items = [...document.querySelectorAll<HTMLElement>('[data-exercise-of]')]

async function show(): Promise<void> {
  const progress = await allProgress()
  let done = 0
  for (const item of items) {
    const passed = progress.get(item.dataset.exerciseOf ?? '')?.passed.includes(item.dataset.exerciseId ?? '') ?? false
    if (passed) done++
    item.toggleAttribute('data-done', passed)
    const mark = item.querySelector<HTMLElement>('.exercise-mark')
    if (!mark) continue
    mark.textContent = passed ? '✓' : '○'
    const said = document.createElement('span')
    said.className = 'visually-hidden'
    said.textContent = ` ${passed ? mark.dataset.passed : mark.dataset.open} `
    mark.append(said)
  }
  const count = (where: Iterable<Element>): string => {
    const inside = [...where]
    return (total?.dataset.exerciseTotal ?? '')
      .replace('{done}', String(inside.filter(item => item.hasAttribute('data-done')).length))
      .replace('{of}', String(inside.length))
  }
  const bar = document.querySelector<HTMLProgressElement>('[data-exercise-bar]')
  if (bar) bar.value = done
  if (total) total.textContent = count(items)
  for (const part of document.querySelectorAll('[data-chapter-total]'))
    part.textContent = count(part.closest('.chapter')!.querySelectorAll('[data-exercise-of]'))
}

const button = document.querySelector<HTMLButtonElement>('[data-export]')
button?.addEventListener('click', () => {
  const save = async (): Promise<void> =>
    saveAs(
      `${document.documentElement.dataset.course ?? 'podlab'}-progress.json`,
      await exportEverything(),
      'application/json',
    )
  save().catch(console.error)
})

const chosen = document.querySelector<HTMLInputElement>('[data-import-file]')
document.querySelector('[data-import]')?.addEventListener('click', () => chosen?.click())
chosen?.addEventListener('change', async () => {
  const [file] = chosen.files ?? []
  const said = document.querySelector<HTMLElement>('[data-import-said]')
  if (!file || !said) return
  try {
    const { importEverything } = await import('./import.ts')
    const lessons = new Set(items.map(item => item.dataset.exerciseOf ?? ''))
    const { taken, kept } = await importEverything(await file.text(), lessons)
    said.textContent = (said.dataset.imported ?? '').replace('{taken}', String(taken)).replace('{kept}', String(kept))
    await show()
  } catch (error) {
    console.warn(error)
    said.textContent = said.dataset.failed ?? ''
  }
  // The same file may be chosen again.
  chosen.value = ''
})

await show()
