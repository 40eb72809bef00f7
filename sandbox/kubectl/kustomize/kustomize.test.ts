/** Kustomizations and what the real kubectl 1.33 makes of them. */
import { describe, expect, it } from 'vitest'
import golden from '../testdata/kustomize.json' with { type: 'json' }
import { run } from '../testing.ts'

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

describe('kubectl kustomize', () => {
  it.each(Object.entries(golden.builds).filter(([name]) => name !== 'none'))('%s', async (name, wanted) => {
    const { out, err } = await run(['kustomize', name], { files })
    expect({ out, err }).toEqual(wanted)
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
