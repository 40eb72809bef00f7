/** Once everything else is built, `sw.js`, which names every file with its hash so that it changes when any of them does; and `_headers`. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { headersFile, ISOLATED } from '../headers.mjs'

/** For machines that look from outside, and what is of no use without a network. */
const outside = /^\/(og\/|real-node\/|robots\.txt|sitemap\.xml|_headers|sw\.js|\.nojekyll)/

const hashOf = path => createHash('sha256').update(readFileSync(path)).digest('base64url').slice(0, 16)

/** Address → hash; a folder's page goes by the folder's address. */
function filesOf(folder) {
  const files = {}
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const address = `/${relative(folder, path).split(sep).join('/')}`.replace(/\/index\.html$/, '/')
    if (!outside.test(address)) files[address] = hashOf(path)
  }
  return Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export function writeServiceWorker(folder) {
  const files = JSON.stringify(filesOf(folder))
  const version = createHash('sha256').update(files).digest('base64url').slice(0, 16)
  const template = readFileSync(join(import.meta.dirname, 'service-worker.template.js'), 'utf8')
  const text = template
    .replace('__FILES__', () => files)
    .replace('__VERSION__', () => JSON.stringify(version))
    .replace('__ISOLATED__', () => String(ISOLATED))
  writeFileSync(join(folder, 'sw.js'), text)
}

export const serviceWorker = () => ({
  name: 'service-worker',
  hooks: {
    'astro:build:done': ({ dir }) => {
      const folder = fileURLToPath(dir)
      writeServiceWorker(folder)
      writeFileSync(join(folder, '_headers'), headersFile())
    },
  },
})
