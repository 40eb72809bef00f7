/** Keeps the site for when there is no network, and tells of a newer version without forcing it on anybody. */

import { base } from './base.ts'

const IDLE_MS = 10_000

async function begin(): Promise<void> {
  const registration = await navigator.serviceWorker.register(new URL('sw.js', base), { updateViaCache: 'none' })
  const note = document.querySelector<HTMLElement>('[data-newer]')
  const tell = (waiting: ServiceWorker): void => {
    // The first version of all replaces nothing.
    if (!note || !navigator.serviceWorker.controller) return
    note.hidden = false
    note.querySelector('button')?.addEventListener('click', () => waiting.postMessage('now'), { once: true })
  }
  if (registration.waiting) tell(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const coming = registration.installing
    coming?.addEventListener('statechange', () => coming.state === 'installed' && tell(coming))
  })
  // Whichever page asked for it: all must be of one version.
  let controlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) location.reload()
    controlled = true
  })
}

/** Once the page has been quiet: what the reader is looking at comes first. */
export function keepForOffline(): void {
  // What an LMS shows is the LMS's to keep.
  const lms = document.documentElement.dataset.lms !== undefined
  if (lms || !('serviceWorker' in navigator) || import.meta.env.DEV) return
  const soon = (): void => {
    const start = (): void => void begin().catch(error => console.warn('Not kept for offline use:', error))
    if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: IDLE_MS })
    else setTimeout(start, 1000)
  }
  if (document.readyState === 'complete') soon()
  else addEventListener('load', soon, { once: true })
}
