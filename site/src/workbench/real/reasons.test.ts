/** Reasons why real Node cannot run here. */
import { expect, test } from 'vitest'
import { type Surroundings, whyNot } from './reasons.ts'

const fit: Surroundings = {
  framed: false,
  isolated: true,
  controlled: false,
  shared: true,
  wasm: true,
  ios: false,
  online: true,
}

test.each<[Partial<Surroundings>, ReturnType<typeof whyNot>]>([
  [{}, undefined],
  [{ wasm: false }, 'browser'],
  [{ shared: false }, 'browser'],
  [{ isolated: false, shared: false }, 'notIsolated'],
  [{ isolated: false, controlled: true }, 'reload'],
  [{ online: false }, 'offline'],
  // No other setting would help on a telephone, nor in somebody else's frame.
  [{ ios: true, wasm: false }, 'ios'],
  [{ framed: true, ios: true, online: false }, 'framed'],
])('where %o: %s', (change, reason) => {
  expect(whyNot({ ...fit, ...change })).toBe(reason)
})
