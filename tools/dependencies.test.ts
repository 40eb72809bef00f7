/** Every dependency has its reason in docs/dependencies.md, and a licence that lets anybody use what we build. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const json = (path: string) =>
  JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, Record<string, string>>
const manifests = ['package.json', 'sandbox/package.json', 'classroom/package.json'].map(json)
const direct = new Set(manifests.flatMap(m => Object.keys({ ...m.dependencies, ...m.devDependencies })))
const text = readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
const [reasons = '', facts = ''] = text.split('\n## Licence, size, keepers\n')
const described = new Set(
  [...reasons.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  ),
)

const PERMISSIVE = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'Unlicense', 'CC0-1.0', 'Zlib'],
  ...['BlueOak-1.0.0', 'Python-2.0', 'PSF-2.0', 'WTFPL'],
  // Documentation and data.
  ...['CC-BY-4.0', 'CC-BY-3.0'],
  // Shared as it is by files: used in tests and in the build, unchanged.
  ...['MPL-2.0', 'LGPL-3.0', 'LGPL-3.0-or-later'],
])
const licenceOf = ({ license, licenses }: { license?: string | { type: string }; licenses?: { type: string }[] }) =>
  typeof license === 'string' ? license : (license?.type ?? licenses?.map(l => l.type).join(' OR ') ?? '')

/** `(MIT OR Apache-2.0)` offers one of them, `A AND B` asks for both. */
const permissive = (licence: string): boolean =>
  licence
    .replace(/[()]/g, '')
    .split(' AND ')
    .every(all => all.split(' OR ').some(one => PERMISSIVE.has(one.trim())))

test('every dependency is explained, and nothing is that is not there', () => {
  expect([...direct].filter(name => !described.has(name))).toEqual([])
  expect([...described].filter(name => !direct.has(name))).toEqual([])
})

test('of every dependency the licence is told, and who keeps it', () => {
  const told = [
    ...facts.matchAll(/^\| `([^`]+)` \| ([^|]+) \| [\d.]+ [KM]B \| (?:\d+|nothing) \| [\w.-]+\/[\w.-]+ \|$/gm),
  ]
  const installed = [...direct].map(name => [name, licenceOf(json(`node_modules/${name}/package.json`))])
  expect(Object.fromEntries(told.map(([, name, licence]) => [name, licence]))).toEqual(Object.fromEntries(installed))
})

test('every package that is installed may be used by anybody', () => {
  const { packages } = json('package-lock.json') as unknown as { packages: Record<string, { link?: boolean }> }
  const wrong: string[] = []
  for (const [path, { link }] of Object.entries(packages)) {
    const file = join(path, 'package.json')
    // Optional ones for other systems are in the lock file only.
    if (!path.includes('node_modules') || link || !existsSync(join(root, file))) continue
    const licence = licenceOf(json(file))
    if (!permissive(licence)) wrong.push(`${path}: ${licence || 'no licence'}`)
  }
  expect(wrong).toEqual([])
})
