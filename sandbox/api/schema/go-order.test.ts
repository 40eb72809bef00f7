/** The order in which Go writes the fields of an object. */
import { expect, it } from 'vitest'
import { inGoOrder, inMapOrder, OUT_OF_ORDER } from './go-order.ts'
import { typeNamed } from './index.ts'

const POD = typeNamed('core/v1.Pod')!
const put = (value: Record<string, unknown>): string => JSON.stringify(inGoOrder(POD, value))

it('puts fields where their type declares them, maps by the alphabet, and what nobody knows last, at every depth', () => {
  const wrong = {
    spec: {
      zone: 1,
      area: 2,
      containers: [{ image: 'a', name: 'c', resources: { limits: { memory: '1', cpu: '1' } } }],
    },
    metadata: { labels: { b: '', a: '' }, name: 'p' },
    apiVersion: 'v1',
    kind: 'Pod',
  }
  expect(put(wrong)).toBe(
    '{"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","labels":{"a":"","b":""}},"spec":{"containers":[{"name":"c","image":"a","resources":{"limits":{"cpu":"1","memory":"1"}}}],"area":2,"zone":1}}',
  )
})

it('copies nothing that is in order', () => {
  const right = {
    kind: 'Pod',
    metadata: { name: 'p', labels: { a: '', b: '' } },
    spec: { containers: [{ name: 'c', resources: { limits: { cpu: '1', memory: '1' } } }] },
  }
  expect(inGoOrder(POD, right)).toBe(right)
  const CRD = typeNamed('apiextensions/v1.JSONSchemaProps')!
  const schema = { properties: { a: { description: 'd', type: 'string' }, b: { required: ['x'] } } }
  expect(inGoOrder(CRD, schema)).toBe(schema)
  const inside = inGoOrder(POD, { ...right, status: { phase: 'Running', observedGeneration: 1 } })
  expect(Object.keys(inside.status as object)).toEqual(['observedGeneration', 'phase'])
  expect(inside.spec).toBe(right.spec)
})

it('keeps the order of lists, and looks into schemas that may be lists', () => {
  const CRD = typeNamed('apiextensions/v1.JSONSchemaProps')!
  const schema = { items: { type: 'string', description: 'd' }, required: ['b', 'a'], dependencies: { x: ['q', 'p'] } }
  expect(JSON.stringify(inGoOrder(CRD, schema))).toBe(
    '{"required":["b","a"],"items":{"description":"d","type":"string"},"dependencies":{"x":["q","p"]}}',
  )
})

it('sorts the keys of maps by their bytes', () => {
  const labels = { '\u{1f600}': '', '\uffee': '' }
  expect(put({ metadata: { labels } })).toBe('{"metadata":{"labels":{"\uffee":"","\u{1f600}":""}}}')
  expect(Object.keys(inMapOrder({ '\u{1f600}': 1, '\uffee': 2, é: 3, z: 4 }))).toEqual([
    'z',
    'é',
    '\uffee',
    '\u{1f600}',
  ])
})

it('is not to be written in one stroke where keys are numbers, whose order JavaScript has made', () => {
  const labels = { a: '', 10: '', 9: '' }
  expect(() => put({ metadata: { labels } })).toThrow(OUT_OF_ORDER)
  expect(() => JSON.stringify(inMapOrder({ spec: { 10: 1, 9: 2 } }))).toThrow(OUT_OF_ORDER)
  expect(put({ metadata: { labels: { 10: '', 11: '', a: '' } } })).toBe(
    '{"metadata":{"labels":{"10":"","11":"","a":""}}}',
  )
  expect(inMapOrder(labels)).toEqual(labels)
})
