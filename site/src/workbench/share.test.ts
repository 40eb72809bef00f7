/** Links and files that hold a session. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionRecord } from '../../../sandbox/scenario/session.ts'
import { checked, fromFile, fromLink, toFile, toLink } from './share.ts'

const record: SessionRecord = {
  version: 1,
  lesson: 'a/b',
  seed: 's',
  start: 5,
  nodes: ['worker-1'],
  inputs: [
    { at: 6, input: { type: 'open', terminal: 0, columns: 80, rows: 24 } },
    { at: 7, input: { type: 'command', terminal: 0, line: 'echo 豆荚 "<script>"' } },
    { at: 7, input: { type: 'file', path: 'a.yaml', text: null } },
  ],
  end: 9,
}
const shared = { record, files: { 'a.yaml': 'kind: Pod\n' }, active: 'a.yaml' }
const progress = { passed: ['one'], answers: { q: [1] }, opened: true }

test('what goes into a link or a file comes out again; progress goes into files only', async () => {
  const link = await toLink({ ...shared, progress })
  expect(link).toMatch(/^[\w-]+$/)
  expect(await fromLink(link)).toEqual(shared)
  expect(fromFile(toFile({ ...shared, progress }))).toEqual({ ...shared, progress })
})

test.each([
  ['nothing', null],
  ['another version', { ...shared, record: { ...record, version: 2 } }],
  [
    'an input that nobody knows',
    { ...shared, record: { ...record, inputs: [{ at: 6, input: { type: 'toString' } }] } },
  ],
  ['an input with a part missing', { ...shared, record: { ...record, inputs: [{ at: 6, input: { type: 'close' } }] } }],
  ['time that runs backwards', { ...shared, record: { ...record, inputs: [...record.inputs].reverse() } }],
  ['a thousand nodes', { ...shared, record: { ...record, nodes: Array(1000).fill('n') } }],
  ['files that are no texts', { ...shared, files: { a: 1 } }],
])('%s is refused', (_, value) => {
  expect(() => checked(value)).toThrow('not a session')
})

test('whatever stands in a link, it is refused or a session', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async text => {
      const read = await fromLink(text).catch(() => undefined)
      expect(read === undefined || read.record.version === 1).toBe(true)
    }),
    { numRuns: 30 },
  )
})

test('a text that would unfold to gigabytes is given up', async () => {
  const big = new Blob([`{"files":{"a":"${' '.repeat(40_000_000)}"}}`])
    .stream()
    .pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = Buffer.from(await new Response(big).arrayBuffer())
  await expect(fromLink(bytes.toString('base64url'))).rejects.toThrow('too big')
})
