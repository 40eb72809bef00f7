/** The table of allowed imports between the rooms of the sandbox; the table is the architecture. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = import.meta.dirname

/** Room → the rooms below it. `cluster.ts` wires everything and stands in the room 'cluster'. */
const LAYERS: Record<string, readonly string[]> = {
  bytes: [],
  parts: [],
  tokens: [],
  clock: [],
  store: [],
  crypto: ['clock'],
  network: ['bytes', 'clock', 'crypto'],
  runtime: ['bytes', 'clock', 'crypto', 'network', 'parts', 'tokens'],
  api: ['clock', 'crypto', 'parts', 'store', 'tokens'],
  proxy: ['api', 'clock', 'network'],
  controllers: ['api', 'clock', 'crypto', 'parts'],
  scheduler: ['api', 'clock'],
  kubelet: ['api', 'bytes', 'clock', 'network', 'parts', 'runtime'],
  http: ['api', 'bytes', 'clock', 'parts', 'tokens'],
  kubectl: ['api', 'bytes', 'crypto', 'http', 'network', 'runtime'],
  cluster: [
    'api',
    'clock',
    'controllers',
    'crypto',
    'http',
    'kubectl',
    'kubelet',
    'network',
    'parts',
    'proxy',
    'runtime',
    'scheduler',
    'store',
  ],
  scenario: ['api', 'clock', 'cluster', 'http', 'kubectl', 'network', 'runtime', 'store'],
  index: ['cluster', 'scenario'],
  // Commands of the project, as those in tools/, outside the sandbox.
  compare: ['..', 'cluster', 'http', 'kubectl'],
  bin: ['api', 'clock', 'cluster', 'crypto', 'http', 'kubectl', 'runtime', 'scenario'],
}

const sources = (readdirSync(root, { recursive: true }) as string[]).filter(
  f =>
    /\.tsx?$/.test(f) &&
    !/\.test\.ts$/.test(f) &&
    !f.startsWith('node_modules') &&
    !f.startsWith('parity') &&
    !f.startsWith('bench'),
)

/** Adapters to a real Node; a file that is merely about nodes is not one. */
const isForNode = (file: string): boolean => file.endsWith('.node.ts') || file === 'http/node/node.ts'

const roomOf = (file: string): string => (file.includes('/') ? file.split('/')[0]! : file.replace(/\.ts$/, ''))

const importsOf = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(match => match[1]!)

describe('rooms of the sandbox', () => {
  it('import only from rooms below', () => {
    const wrong: string[] = []
    for (const file of sources) {
      const room = roomOf(file)
      for (const path of importsOf(readFileSync(join(root, file), 'utf8'))) {
        const target = roomOf(relative(root, join(root, dirname(file), path)))
        if (target !== room && !LAYERS[room]?.includes(target)) wrong.push(`${file} imports ${path}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('import node: only where Node is promised', () => {
    const wrong = sources.filter(
      f =>
        !f.startsWith('bin/') &&
        !isForNode(f) &&
        /from 'node:|import\('node:/.test(readFileSync(join(root, f), 'utf8')),
    )
    expect(wrong).toEqual([])
  })

  it('take time and chance from the clock alone', () => {
    const wrong = sources.filter(
      f =>
        !f.startsWith('bin/') &&
        !f.startsWith('clock/') &&
        !isForNode(f) &&
        /\b(Date\.now|Math\.random|setTimeout|setInterval)\b|new Date\(\)/.test(
          readFileSync(join(root, f), 'utf8').replace(/\/\/.*|\/\*[\s\S]*?\*\//g, ''),
        ),
    )
    expect(wrong).toEqual([])
  })

  it('have no circular imports between files', () => {
    const graph = new Map<string, string[]>()
    for (const file of sources) {
      const text = readFileSync(join(root, file), 'utf8')
        .replace(/import type [^;]*? from '[^']+'/g, '')
        .replace(/import\('[^']+'\)/g, '')
      graph.set(
        file,
        importsOf(text).map(path => relative(root, join(root, dirname(file), path))),
      )
    }
    const cycles: string[] = []
    const done = new Set<string>()
    const visit = (file: string, path: string[]): void => {
      if (path.includes(file)) return void cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
      if (done.has(file)) return
      for (const next of graph.get(file) ?? []) visit(next, [...path, file])
      done.add(file)
    }
    for (const file of graph.keys()) visit(file, [])
    expect(cycles).toEqual([])
  })
})
