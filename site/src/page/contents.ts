/** Marks in lists of lessons what the reader has done, and leads back to where the reader was last. */
import { base } from './base.ts'
import { allProgress, LAST, read } from './keep.ts'

const progress = await allProgress()
for (const item of document.querySelectorAll<HTMLElement>('[data-progress]')) {
  const known = progress.get(item.dataset.progress ?? '')
  if (!known) continue
  const exercises = (item.dataset.exercises ?? '').split(' ').filter(Boolean)
  const done = exercises.length > 0 && exercises.every(id => known.passed.includes(id))
  if (done) item.dataset.state = 'done'
  else if (known.opened || known.passed.length > 0) item.dataset.state = 'started'
}

const button = document.querySelector<HTMLAnchorElement>('[data-go-on]')
const last: unknown = button && (await read(LAST))
if (button && last && typeof last === 'string') {
  button.href = new URL(`${document.documentElement.dataset.lang}/${last}`, base).href
  button.textContent = button.dataset.goOn ?? ''
}
