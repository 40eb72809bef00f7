/**
 * The whole site, kept for when there is no network. One version of the site is one cache, filled before it is used and never
 * changed afterwards: a page and the scripts that it asks for are always of the same build.
 */

/** Address → hash of what is there, written by the build. */
const FILES = __FILES__
const VERSION = __VERSION__
/** Pages that have to be isolated from other origins, also where their host cannot set the headers for it. */
const ISOLATED = __ISOLATED__
/** The path below which the site is, as '/pods'; '' at the root of its host. */
const ROOT = new URL(self.registration.scope).pathname.replace(/\/$/, '')
/** Sites on one host leave each other's caches alone. */
const PREFIX = ROOT ? `podlab:${ROOT}:` : 'podlab-'
const NAME = PREFIX + VERSION
/** Where a cache keeps the list that it was filled by. */
const LIST = `${ROOT}/.files`
const AT_ONCE = 8

const keyOf = url => decodeURI(url.pathname).slice(ROOT.length)

async function fill() {
  const cache = await caches.open(NAME)
  const older = []
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX) || name === NAME) continue
    const old = await caches.open(name)
    const list = await (await old.match(LIST))?.json()
    if (list) older.push({ cache: old, list })
  }
  const rest = Object.entries(FILES)
  const work = async () => {
    for (let next = rest.pop(); next; next = rest.pop()) {
      const [path, hash] = next
      const known = older.find(o => o.list[path] === hash)
      const address = ROOT + path
      const response = (await known?.cache.match(address)) ?? (await fetch(address, { cache: 'no-cache' }))
      // A site that is being put in place gives files of two builds, or none.
      if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`)
      await cache.put(address, response)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  await cache.put(LIST, Response.json(FILES))
}

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name)
  await self.clients.claim()
}

/** With the headers that isolate a page; the scripts of its workers need one of them too. */
function isolated(response, path) {
  const page = ISOLATED.test(path)
  const missing = !response.headers.has('Cross-Origin-Embedder-Policy')
  if (!missing || response.type === 'opaque' || !(page || path.startsWith('/_astro/'))) return response
  const headers = new Headers(response.headers)
  headers.set('Cross-Origin-Embedder-Policy', 'require-corp')
  if (page) headers.set('Cross-Origin-Opener-Policy', 'same-origin')
  const { status, statusText } = response
  return new Response(response.body, { status, statusText, headers })
}

async function answer(request, url) {
  const cache = await caches.open(NAME)
  const path = keyOf(url)
  const kept = Object.hasOwn(FILES, path) ? await cache.match(ROOT + path) : undefined
  if (kept) return isolated(kept, path)
  try {
    return isolated(await fetch(request), path)
  } catch (error) {
    const lost = request.mode === 'navigate' ? await cache.match(`${ROOT}/404.html`) : undefined
    if (lost) return lost
    throw error
  }
}

self.addEventListener('install', event => event.waitUntil(fill()))
self.addEventListener('activate', event => event.waitUntil(tidy()))
// A page asks for the new version when its reader wants it; all pages are then loaded anew.
self.addEventListener('message', event => event.data === 'now' && self.skipWaiting())
self.addEventListener('fetch', event => {
  const url = new URL(event.request.url)
  if (event.request.method === 'GET' && url.origin === self.location.origin)
    event.respondWith(answer(event.request, url))
})
