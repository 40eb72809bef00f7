/** Marks the exercises that the reader has passed, and counts them. */
import { exportEverything, saveAs } from './export.ts'
import { all, type Progress } from './keep.ts'

const progress = await all<Progress>('progress')
const items = [...document.querySelectorAll<HTMLElement>('[data-exercise-of]')]
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
const bar = document.querySelector<HTMLProgressElement>('[data-exercise-bar]')
if (bar) bar.value = done
const total = document.querySelector<HTMLElement>('[data-exercise-total]')
if (total)
  total.textContent = (total.dataset.exerciseTotal ?? '')
    .replace('{done}', String(done))
    .replace('{of}', String(items.length))

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
