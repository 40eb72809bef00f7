/** Manifests as they are read, and what is said of those that cannot be. */
import { describe, expect, it, test } from 'vitest'
import { run, server } from '../testing.ts'
import { jsonError } from './manifest-errors.ts'
import { documents } from './manifests.ts'

describe('manifests', () => {
  test.each([
    ['a: [1,2\nb: 1\n', "yaml: line 1: did not find expected ',' or ']'"],
    ['a: b\n c: d\n', 'yaml: line 2: mapping values are not allowed in this context'],
    ['a: @x\n', 'yaml: found character that cannot start any token'],
    ['a:\n\tb: 1\n', 'yaml: line 2: found character that cannot start any token'],
    ['a: *b\n', "yaml: unknown anchor 'b' referenced"],
    ['x: 1\n- a\n', 'yaml: line 1: did not find expected key'],
  ])('%j is refused as go-yaml refuses it', async (text, words) => {
    expect(await documents(text)).toEqual([{ error: `error converting YAML to JSON: ${words}` }])
  })
  it('are read with the scalars of YAML 1.1', async () => {
    expect(await documents('a: yes\nb: 0777\nc: 1:20\nd: 2020-01-01\ne: 1_000\n')).toEqual([
      { object: { a: true, b: 511, c: '1:20', d: '2020-01-01', e: 1000 } },
    ])
  })
  it('that end like JSON are told like JSON', () => {
    expect(jsonError('{\n  "a": 1\n  "b": 2}')).toBe(
      "json: offset 14: invalid character '\"' after object key:value pair",
    )
  })
  it('without a kind are refused before anything is sent', async () => {
    const { err, requests } = await run(['apply', '-f', 'x.yaml'], {
      files: { 'x.yaml': 'apiVersion: v1\nmetadata: {name: x}\n' },
      server: server({}),
    })
    expect(err).toBe(
      'error: error validating "x.yaml": error validating data: kind not set; if you choose to ignore these errors, turn validation off with --validate=false\n',
    )
    expect(requests).toEqual([])
  })
})
