/** Printers against what kubectl 1.33 printed for the same objects. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { toJson } from '../../api/formats/go-json.ts'
import { toYaml } from '../../api/formats/go-yaml.ts'
import { parseYaml } from '../manifests/yaml-read.ts'
import { columnsFromSpec, printColumns } from './custom-columns.ts'
import { GoTemplate } from './gotemplate/template.ts'
import { JsonPath } from './jsonpath.ts'
import { align, DESCRIBE_TABS, GrowingTable, TABLE_TABS } from './tabwriter.ts'

const golden = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../testdata', name), 'utf8'))

interface Recorded {
  object: unknown
  cases: Record<string, { out: string; err: string }>
}

describe('jsonpath answers as kubectl does', () => {
  const { object, cases } = golden('jsonpath.json') as Recorded
  test.each(Object.entries(cases))('%s', (text, want) => {
    let got: { out: string; err: string }
    try {
      got = { out: new JsonPath(text).print(object), err: '' }
    } catch (e) {
      got = { out: '', err: (e as Error).message }
    }
    expect(got).toEqual(want)
  })
})

describe('go-template answers as kubectl does', () => {
  const { object, cases } = golden('go-template.json') as Recorded
  test.each(Object.entries(cases))('%s', (text, want) => {
    let got: { out: string; err: string }
    try {
      got = { out: new GoTemplate(text).run(object), err: '' }
    } catch (e) {
      got = { out: '', err: (e as Error).message }
    }
    expect(got).toEqual(want)
  })
})

it.each([
  '{{if true}}{{$x := 1}}{{end}}{{$x}}',
  '{{range $i, $p := .}}{{end}}{{$p}}',
  '{{$x := 1}}{{define "a"}}{{$x}}{{end}}',
])('a variable of a template is known only where it was declared, before anything is printed: %s', template => {
  expect(() => new GoTemplate(template)).toThrow(/undefined variable "\$[xp]"/)
})

describe('literals are read as Go reads them', () => {
  const printed = (print: () => string): string => {
    try {
      return print()
    } catch (e) {
      return (e as Error).message
    }
  }
  it.each([
    [String.raw`"a\tb\x41\101\u4f60\U0001F600\\."`, 'a\tbAA你😀\\.'],
    [String.raw`"\xe4\xbd\xa0"`, '你'],
    [String.raw`"it\"s"`, 'it"s'],
  ])('%s', (literal, said) => {
    expect(printed(() => new JsonPath(`{${literal}}`).print({}))).toBe(said)
    expect(printed(() => new GoTemplate(`{{${literal}}}`).run({}))).toBe(said)
  })
  it.each([String.raw`"\q"`, String.raw`"\'"`, String.raw`"\x4"`, String.raw`"\400"`, String.raw`"\ud800"`])(
    'not %s',
    literal => {
      expect(printed(() => new JsonPath(`{${literal}}`).print({}))).toContain(
        `unquote string ${literal} error invalid syntax`,
      )
      expect(printed(() => new GoTemplate(`{{${literal}}}`).run({}))).toContain('template: output:1: invalid syntax')
    },
  )
})

describe('yaml', () => {
  it('quotes, folds and sorts as sigs.k8s.io/yaml does', () => {
    const { object, yaml } = golden('yaml.json') as { object: unknown; yaml: string }
    expect(toYaml(object).split('\n')).toEqual(yaml.split('\n'))
  })

  it('is read back as what it was written from', () => {
    const key = fc.stringMatching(/^[a-z][a-zA-Z0-9./-]{0,12}$/).filter(k => k !== '__proto__')
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 60 })
    const { tree } = fc.letrec(tie => ({
      leaf: fc.oneof(text, fc.integer({ min: -1e9, max: 1e9 }), fc.boolean(), fc.constant(null)),
      tree: fc.oneof(
        { depthSize: 'small' },
        tie('leaf'),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }))
    fc.assert(
      fc.property(fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4, noNullPrototype: true }), value => {
        expect(parseYaml(toYaml(value))).toEqual({ value })
      }),
      { numRuns: 300 },
    )
  })
})

it('json escapes what a page could take for markup, as Go does', () => {
  // A map whose keys are numbers is a map, though fields keep their order.
  expect(toJson({ data: { 10: '', 9: '', '.a': '' }, b: '' }, { keepOrder: true })).toBe(
    '{"data":{".a":"","10":"","9":""},"b":""}',
  )
  expect(toJson({ b: '<a&b>', a: [] }, { indent: '    ' })).toBe(
    '{\n    "a": [],\n    "b": "\\u003ca\\u0026b\\u003e"\n}',
  )
})

describe('columns', () => {
  it('are as wide as their widest cell among adjoining lines', () => {
    expect(align('NAME\tREADY\tAGE\nweb\t1/1\t5s\nlonger-name\t0/1\t10m\n', TABLE_TABS)).toBe(
      'NAME          READY   AGE\nweb           1/1     5s\nlonger-name   0/1     10m\n',
    )
  })
  it('begin anew after a line without them', () => {
    expect(align('Name:\tweb\nPorts:\n  Long name here:\t80\n', DESCRIBE_TABS)).toBe(
      'Name:  web\nPorts:\n  Long name here:  80\n',
    )
  })
  it('never shrink while a table is watched', () => {
    const table = new GrowingTable()
    expect(
      table.print([
        ['NAME', 'AGE'],
        ['a-long-name', '1s'],
      ]),
    ).toBe('NAME          AGE\na-long-name   1s\n')
    expect(table.print([['b', '2s']])).toBe('b             2s\n')
  })
  it('of one’s own show <none> for what is not there', () => {
    const columns = columnsFromSpec('NAME:.metadata.name,IMAGES:.spec.containers[*].image,NODE:{.spec.nodeName}')
    const pod = { metadata: { name: 'web' }, spec: { containers: [{ image: 'a' }, { image: 'b' }] } }
    expect(printColumns(columns, [pod], false)).toBe('NAME   IMAGES   NODE\nweb    a,b      <none>\n')
  })
})
