/** Texts that go-yaml reads otherwise than the parser by itself would. */
import { beforeAll, expect, it } from 'vitest'
import { readYaml, yamlParser } from '../../http/yaml/yaml.ts'
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

/** As kubectl says it of a template that was never filled in. */
it.each([
  ['a: {{ .Values.name }}', 'yaml: invalid map key: map[interface {}]interface {}{".Values.name":interface {}(nil)}'],
  ['? [a, 1, true, null, 1.5]\n: c', 'yaml: invalid map key: []interface {}{"a", 1, true, interface {}(nil), 1.5}'],
  ['? {? [x, {}]: y}\n: c', 'yaml: invalid map key: []interface {}{"x", map[interface {}]interface {}{}}'],
  ['a: &a {c: 1, b: 2}\n*a : c', 'yaml: invalid map key: map[interface {}]interface {}{"b":2, "c":1}'],
  ['a: {~: c}', 'unsupported map key of type: %!s(<nil>), key: <nil>, value: "c"'],
])('a key that is none in JSON: %s', (text, error) => {
  expect(parseYaml(text)).toEqual({ error })
  expect(() => readYaml(text)).toThrow(error)
})
