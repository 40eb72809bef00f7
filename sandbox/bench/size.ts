/** The size of the worker that holds the cluster, as `npm run build` left it: what a page loads before it can begin. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const FOLDER = new URL('../../dist/_astro/', import.meta.url)

/** Of the worker and all that it imports at once; undefined when nothing has been built. */
export function workerBytes(): number | undefined {
  const entry = existsSync(FOLDER) && readdirSync(FOLDER).find(name => /^engine\.worker.*\.js$/.test(name))
  if (!entry) return undefined
  const seen = new Set<string>()
  const load = (name: string): number => {
    if (seen.has(name)) return 0
    seen.add(name)
    const code = readFileSync(new URL(name, FOLDER), 'utf8')
    const imports = [...code.matchAll(/\b(?:import|from)\s*["']\.\/([^"']+\.js)["']/g)].map(match => match[1]!)
    return imports.reduce((bytes, one) => bytes + load(one), gzipSync(code, { level: 9 }).length)
  }
  return load(entry)
}
