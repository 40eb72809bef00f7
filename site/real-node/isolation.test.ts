/** Isolated are the pages whose lessons can have real processes, and no others: by headers, or by the service worker. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lessonFolders, readLesson } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { headersFile, headersFor, ISOLATED } from '../headers.mjs'

const COEP = 'Cross-Origin-Embedder-Policy'
const COOP = 'Cross-Origin-Opener-Policy'
const lessons = lessonFolders(join(import.meta.dirname, '../../lessons')).map(folder => ({
  path: `/en/lessons/${folder.id.replace(/(^|\/)\d+-/g, '$1')}/`,
  real: readLesson(folder).runtime === 'process',
}))

test('by headers', () => {
  expect(lessons.filter(({ path }) => headersFor(path)[COEP])).toEqual(lessons.filter(({ real }) => real))
  for (const { path } of lessons) expect(headersFor(path)[COOP]).toBe('same-origin')
  // Workers have to be as isolated as their page, and what stands in a frame, too.
  for (const path of ['/_astro/engine.worker.js', '/zh/embed/']) expect(headersFor(path)[COEP]).toBe('require-corp')
  expect(headersFor('/zh/embed/')[COOP]).toBeUndefined()
  for (const path of ['/', '/en/', '/en/lessons/', '/zh/playground/']) expect(headersFor(path)[COEP]).toBeUndefined()
  expect(headersFile()).toContain(`/zh/lessons/real-code/*\n  ${COEP}: require-corp`)
})

/** The service worker in front of a host that sets no headers. */
function serviceWorker(): (path: string) => Promise<Response> {
  const text = readFileSync(join(import.meta.dirname, '../build/service-worker.template.js'), 'utf8')
    .replace('__FILES__', '{}')
    .replace('__VERSION__', '"1"')
    .replace('__ISOLATED__', String(ISOLATED))
  const handlers: Record<string, (event: object) => void> = {}
  const self = {
    location: { origin: 'https://podlab.example' },
    registration: { scope: 'https://podlab.example/' },
    addEventListener: (name: string, handler: (event: object) => void) => (handlers[name] = handler),
  }
  const caches = { open: async () => ({ match: async () => undefined }) }
  const fetch = async () => new Response('page', { headers: { 'Content-Type': 'text/html' } })
  new Function('self', 'caches', 'fetch', text)(self, caches, fetch)
  return path =>
    new Promise(resolve => {
      const request = { url: `https://podlab.example${path}`, method: 'GET', mode: 'navigate' }
      handlers.fetch?.({ request, respondWith: resolve })
    })
}

test('by the service worker, where the host sets none', async () => {
  const ask = serviceWorker()
  for (const { path, real } of lessons) {
    const { headers } = await ask(path)
    expect([headers.get(COEP), headers.get(COOP)], path).toEqual(real ? ['require-corp', 'same-origin'] : [null, null])
  }
  const { headers } = await ask('/_astro/engine.worker.js')
  expect([headers.get(COEP), headers.get(COOP), headers.get('Content-Type')]).toEqual([
    'require-corp',
    null,
    'text/html',
  ])
})
