/** In a frame: which lesson's cluster is wanted stands in the address. */

import { base } from './base.ts'

const lab = document.querySelector<HTMLElement>('[data-lab]')!
const asked = new URLSearchParams(location.search).get('lesson') ?? ''
if (/^[\w-]+\/[\w-]+$/.test(asked)) {
  lab.dataset.lesson = asked
  lab.dataset.facts = new URL(`lab/${asked}.json`, base).href
}
await import('./workbench-page.ts')
