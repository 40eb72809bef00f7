/** Messages about YAML in Chinese, against those that the YAML server has. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { yamlSyntaxZh, yamlZh } from './yaml-zh.ts'

const server = readFileSync(createRequire(import.meta.url).resolve('monaco-yaml/yaml.worker.js'), 'utf8')

test('every translated message of the YAML server is one that it says', () => {
  for (const message of Object.keys(yamlZh)) {
    const written = [JSON.stringify(message), `'${message}'`]
    expect(
      written.some(text => server.includes(text)),
      message,
    ).toBe(true)
  }
})

test('the places to fill in are the same in both languages', () => {
  const places = (text: string): string[] => (text.match(/\{\d\}/g) ?? []).sort()
  for (const [message, chinese] of Object.entries(yamlZh)) expect(places(chinese), message).toEqual(places(message))
})

test('every translated error of syntax is what the parser says to a slip', () => {
  const slips = [
    'a:\n\tb: 1',
    'a:\n    b: 1\n  c: 2',
    'a:\n  - b: 1\n   c: 2',
    'a:\n  - b\n - c',
    'a: - b',
    'a: 1\na: 2',
    'a: 1\nb',
    'a 1\nb: 2',
    'a: b: c',
    'a: "b"# c',
    'a: "b" c',
    'a: "b',
    "a: 'b",
    'a: {b: 1\nc: 2',
    'a: [1, 2\nb: 3',
  ]
  const said = slips.flatMap(text => parseDocument(text, { prettyErrors: false }).errors.map(error => error.message))
  expect(Object.keys(yamlSyntaxZh).filter(message => !said.includes(message))).toEqual([])
})
