/** Kustomizations and what the real kubectl 1.33 makes of them. */
import { describe, expect, it } from 'vitest'
import recorded from '../testdata/kustomizations.json' with { type: 'json' }
import golden from '../testdata/kustomize.json' with { type: 'json' }
import { run } from '../testing.ts'
import { join } from './paths.ts'

const HOME = '/home/learner'
const files: Record<string, string> = Object.fromEntries(
  Object.entries(golden.files).flatMap(([path, text]) => {
    const content = text === '<shared>' ? golden.shared : text
    return [
      [path, content],
      [`${HOME}/${path}`, content],
    ]
  }),
)

interface Recorded {
  files: Record<string, string>
  out?: string
  err?: string
}

describe('kubectl kustomize', () => {
  it.each(Object.entries(golden.builds).filter(([name]) => name !== 'none'))('%s', async (name, wanted) => {
    const { out, err } = await run(['kustomize', name], { files })
    expect({ out, err }).toEqual(wanted)
  })

  it.each(Object.entries(recorded.cases as Record<string, Recorded>))('%s', async (name, { files, out, err }) => {
    const folder = `${HOME}/${name}`
    const all = Object.entries({ ...recorded.shared, ...files }).map(([path, text]) => [`${folder}/${path}`, text])
    const is = await run(['kustomize', folder], { files: Object.fromEntries(all) })
    expect({ out: is.out, err: is.err }).toEqual({ out: out ?? '', err: err ?? '' })
  })

  it('takes files from anywhere only where that is asked for', async () => {
    const files = { 'a/kustomization.yaml': 'resources: [../s.yaml]\n', 's.yaml': recorded.shared['svc.yaml'] }
    expect((await run(['kustomize', 'a'], { files })).err).toContain('security; file')
    const free = await run(['kustomize', 'a', '--load-restrictor', 'LoadRestrictionsNone'], { files })
    expect(free.out).toContain('kind: Service')
  })

  it.each([
    [
      'of a folder within it',
      { a: 'resources: [b]\n', 'a/b': 'resources: [..]\n' },
      "accumulating resources: accumulation err='accumulating resources from 'b': '/k/a/b' must resolve to a file': recursed accumulation of path '/k/a/b': accumulating resources: accumulation err='accumulating resources from '..': '/k/a' must resolve to a file': cycle detected: candidate root '/k/a' contains visited root '/k/a/b'",
    ],
    [
      'of a folder beside it',
      { a: 'resources: [../c]\n', c: 'resources: [../a]\n' },
      "accumulating resources: accumulation err='accumulating resources from '../c': '/k/c' must resolve to a file': recursed accumulation of path '/k/c': accumulating resources: accumulation err='accumulating resources from '../a': '/k/a' must resolve to a file': cycle detected: candidate root '/k/a' contains visited root '/k/a'",
    ],
    [
      'as its own component',
      { a: 'components: [.]\n' },
      `accumulating components: loader.New "cycle detected: candidate root '/k/a' contains visited root '/k/a'"`,
    ],
  ])('never begins anew with itself: as a resource %s', async (_, folders, err) => {
    const files = Object.entries(folders).map(([folder, text]) => [`/k/${folder}/kustomization.yaml`, text])
    expect((await run(['kustomize', '/k/a'], { files: Object.fromEntries(files) })).err).toBe(`error: ${err}\n`)
  })

  it('refuses what would need programs, charts or the network', async () => {
    for (const field of ['helmCharts: []', 'transformers: []', 'buildMetadata: [originAnnotations]']) {
      const { err } = await run(['kustomize', 'x'], { files: { 'x/kustomization.yaml': `namespace: a\n${field}\n` } })
      expect(err).toContain('not simulated')
    }
    const { err } = await run(['kustomize', 'x'], {
      files: { 'x/kustomization.yaml': 'resources: [https://example.com/a.yaml]\n' },
    })
    expect(err).toContain('not simulated: resources from the network')
  })
})

it.each([
  ['.', 'a.yaml', 'a.yaml'],
  ['./', 'a.yaml', 'a.yaml'],
  ['/', 'a.yaml', '/a.yaml'],
  ['/home/', './a.yaml', '/home/a.yaml'],
  ['base/', '../a.yaml', 'a.yaml'],
  ['..', '../a.yaml', '../../a.yaml'],
])('in %s, %s is %s', (folder, path, whole) => {
  expect(join(folder, path)).toBe(whole)
})
