import { expect, test } from 'vitest'
import { distance, fieldNames, nearest } from './quick-fix.ts'

const schema = {
  definitions: {
    pod: { properties: { spec: { properties: { containers: {}, restartPolicy: {} } }, metadata: {} } },
    other: { oneOf: [{ properties: { container: {} } }] },
  },
}

test('the names of fields, however deep', () => {
  expect([...fieldNames(schema)].sort()).toEqual(['container', 'containers', 'metadata', 'restartPolicy', 'spec'])
})

test.each([
  ['containrs', ['containers']],
  ['contianers', ['containers']],
  ['restartpolicy', ['restartPolicy']],
  ['containers', []],
  ['spek', ['spec']],
  ['abc', []],
  ['nothingLikeIt', []],
])('%s: did you mean %j', (word, names) => {
  expect(nearest(word, fieldNames(schema))).toEqual(names)
})

test.each([
  ['', '', 0],
  ['abc', 'abc', 0],
  ['abc', 'acb', 1],
  ['kitten', 'sitting', 3],
])('from %s to %s is %i', (a, b, d) => {
  expect(distance(a, b, 5)).toBe(d)
})
