/** The registry of kinds: versions, and what is served of them. */
import { expect, it } from 'vitest'
import type { Draft, KindDef } from './kind.ts'
import { Registry } from './registry.ts'

const same = (object: Draft): Draft => object
const version = (name: string, as?: KindDef): KindDef => ({
  group: 'example.com',
  version: name,
  kind: 'Widget',
  plural: 'widgets',
  namespaced: true,
  columns: [],
  ...(as && { stored: { as, toStored: same, fromStored: same } }),
})

it('further versions of a kind are known while they are served', () => {
  const v1 = version('v1')
  const [v2, v3] = [version('v2', v1), version('v3', v1)]
  const registry = new Registry([v1, v2, v3])
  expect(registry.versionsOf(v1)).toEqual([v2, v3])
  registry.remove(v2)
  expect(registry.versionsOf(v1)).toEqual([v3])
  registry.remove(v3)
  expect(registry.versionsOf(v1)).toEqual([])
})
