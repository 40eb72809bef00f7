/** The size of a page before any interaction, and of the cluster's worker. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { dist, firstLesson, newPage, origin, useBrowser } from './browser.ts'

useBrowser()

const SCRIPT_LIMIT = 60 * 1024
/** This number may only become less. */
const WORKER_LIMIT = 140 * 1024
const gz = (path: string): number => gzipSync(readFileSync(path), { level: 9 }).length

test.each(['', 'lessons/', 'playground/', firstLesson])(
  '/zh/%s needs at most 60 KB of script before it is touched',
  async path => {
    const { page } = await newPage()
    const scripts = new Set<string>()
    page.on('response', response => {
      if (/javascript/.test(response.headers()['content-type'] ?? '')) scripts.add(new URL(response.url()).pathname)
    })
    await page.goto(`${origin}/zh/${path}`, { waitUntil: 'networkidle' })
    const bytes = [...scripts].reduce((sum, name) => sum + gz(join(dist, name)), 0)
    console.log(`/zh/${path}: ${(bytes / 1024).toFixed(1)} KB gz of script in ${scripts.size} files`)
    expect(bytes).toBeLessThanOrEqual(SCRIPT_LIMIT)
  },
)

/** The worker with everything that it imports at once; what it imports later is not counted. */
function statically(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  const text = readFileSync(join(dist, '_astro', file), 'utf8')
  for (const [, name = ''] of text.matchAll(/(?:^|[;}\s])import\s*(?:[\w$*{},\s]+from\s*)?["']\.\/([^"']+)["']/g))
    statically(name, seen)
  return seen
}

test('the cluster does not grow heavier', () => {
  const worker = readdirSync(join(dist, '_astro')).find(name => /^engine\.worker.*\.js$/.test(name))
  expect(worker).toBeDefined()
  const files = [...statically(worker!)]
  const bytes = files.reduce((sum, name) => sum + gz(join(dist, '_astro', name)), 0)
  console.log(`worker: ${(bytes / 1024).toFixed(1)} KB gz in ${files.length} files`)
  expect(bytes).toBeLessThanOrEqual(WORKER_LIMIT)
})
