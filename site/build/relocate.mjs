/**
 * A site that works below any path, without being told which: each address of its own is made relative to the file that it stands in.
 * Scripts find the root by the page's `data-base` (site/src/page/base.ts), so that none may be left in them.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PLACEHOLDER, target } from './target.mjs'

const texts = /\.(html|css|js|json|webmanifest|xml|txt)$/

/** From a file to the root: `./`, `../`, `../../`. */
const upFrom = path => '../'.repeat(path.split(sep).length - 1) || './'

/**
 * @param notFound where the site is, for the one page that is answered at addresses of any depth
 */
function relocateFolder(folder, { notFound }) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !texts.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    const text = readFileSync(path, 'utf8')
    if (!text.includes(PLACEHOLDER)) continue
    const place = relative(folder, path)
    if (/\.js$/.test(place)) throw new Error(`${place} holds an address of the site: scripts have to ask page/base.ts`)
    const root = place === '404.html' ? notFound : upFrom(place)
    writeFileSync(path, text.replaceAll(PLACEHOLDER, root))
  }
}

export const relocate = () => ({
  name: 'relocate',
  hooks: {
    'astro:build:done': ({ dir }) => {
      if (target.base !== undefined) return
      const folder = fileURLToPath(dir)
      relocateFolder(folder, { notFound: target.at })
      // GitHub Pages would leave out `_astro/`.
      writeFileSync(join(folder, '.nojekyll'), '')
    },
  },
})
