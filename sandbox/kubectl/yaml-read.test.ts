/** Where go-yaml reads what the parser by itself would not. */
import { beforeAll, expect, it } from 'vitest'
import { readYaml, yamlParser } from '../http/yaml.ts'
import { parseYaml } from './yaml-read.ts'

beforeAll(() => yamlParser.load())

it.each([
  ['a quote behind a backslash', `a: "it\\'s \\'so\\'\\n"\n`, { a: "it's 'so'\n" }],
  ['what comes after the end of a document', 'a: 1\n...\nb: [', { a: 1 }],
])('%s', (_, text, value) => {
  expect(parseYaml(text)).toEqual({ value })
  expect(readYaml(text).value).toEqual(value)
})

it('complains of any other escape that there is not', () => {
  expect(parseYaml('a:\n  b: "\\\'\\q"\n')).toEqual({ error: 'yaml: line 2: found unknown escape character' })
})
