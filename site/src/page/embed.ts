/** In a frame: which lesson's cluster is wanted stands in the address. */

const lab = document.querySelector<HTMLElement>('[data-lab]')!
const asked = new URLSearchParams(location.search).get('lesson') ?? ''
if (/^[\w-]+\/[\w-]+$/.test(asked)) {
  lab.dataset.lesson = asked
  lab.dataset.facts = `/lab/${asked}.json`
}
await import('./bench.ts')

export {}
