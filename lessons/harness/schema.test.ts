/** The schemas by which an editor helps say the same as what reads the files. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseLesson } from '../../sandbox/scenario/lessons/lesson.ts'
import { readFolder } from '../../sandbox/scenario/lessons/lesson-folder.node.ts'
import { folders, root } from './suite.ts'

interface Schema {
  $ref?: string
  $defs?: Record<string, Schema>
  type?: string | string[]
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  enum?: unknown[]
  pattern?: string
  minimum?: number
  maximum?: number
  minItems?: number
  minProperties?: number
}

const typeOf = (value: unknown): string =>
  Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : value === null ? 'null' : typeof value

/** As much of JSON Schema as the two use. */
function violations(value: unknown, given: Schema, at = '', root = given): string[] {
  const schema = given.$ref ? root.$defs![given.$ref.replace('#/$defs/', '')]! : given
  const wrong: string[] = []
  const type = typeOf(value)
  const types = [schema.type ?? []].flat()
  if (types.length && !types.includes(type) && !(type === 'integer' && types.includes('number')))
    return [`${at}: ${type} is not ${types}`]
  if (schema.anyOf && !schema.anyOf.some(s => violations(value, s, at, root).length === 0))
    wrong.push(`${at}: fits nothing`)
  if (schema.enum && !schema.enum.includes(value)) wrong.push(`${at}: ${value} is none of ${schema.enum}`)
  if (typeof value === 'string' && schema.pattern && !new RegExp(schema.pattern).test(value))
    wrong.push(`${at}: ${value}`)
  if (typeof value === 'number' && (value < (schema.minimum ?? value) || value > (schema.maximum ?? value)))
    wrong.push(`${at}: ${value} is out of bounds`)
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) wrong.push(`${at}: too few`)
    if (schema.items) wrong.push(...value.flatMap((item, i) => violations(item, schema.items!, `${at}/${i}`, root)))
  } else if (type === 'object') {
    const entries = Object.entries(value as object)
    if (entries.length < (schema.minProperties ?? 0)) wrong.push(`${at}: too few`)
    for (const key of schema.required ?? []) if (!(key in (value as object))) wrong.push(`${at}: ${key} is missing`)
    for (const [key, item] of entries) {
      const known = schema.properties?.[key] ?? schema.additionalProperties ?? true
      if (known === false) wrong.push(`${at}: no key ${key}`)
      else if (known !== true) wrong.push(...violations(item, known, `${at}/${key}`, root))
    }
  }
  return wrong
}

const schema = (path: string): Schema => JSON.parse(readFileSync(join(import.meta.dirname, path), 'utf8'))
const lesson = schema('../../course/lesson.schema.json')
const task = schema('task.schema.json')

test.each(folders.map(f => [f.id, f] as const))('%s fits its schema', (_, { files }) => {
  expect(violations(parse(files['lesson.yaml']!), lesson)).toEqual([])
})

test('every task of the exam fits its schema', () => {
  for (const [path, text] of Object.entries(readFolder(join(root, 'exam'))))
    if (path.endsWith('/task.yaml')) expect(violations(parse(text), task), path).toEqual([])
})

describe('what is read says no to what the schema says no to', () => {
  const good = parse(folders[0]!.files['lesson.yaml']!) as Record<string, unknown>
  const exercise = { id: 'a', checks: [{ id: 'b', expression: 'true' }] }
  test.each([
    { ...good, minuets: 3 },
    { ...good, minutes: 'ten' },
    { ...good, settle: 'soon' },
    { ...good, cluster: { node: ['a'] } },
    { ...good, images: [{ tags: ['v1'] }] },
    { ...good, images: [{ name: 'a/b', size: 3 }] },
    { ...good, images: [{ name: 'a/b', base: 'arch' }] },
    { ...good, images: [{ name: 'a/b', serve: { port: 80 } }] },
    { ...good, exercises: [{ ...exercise, id: 'Not an id' }] },
    { ...good, exercises: [{ id: 'a', checks: [] }] },
    { ...good, exercises: [{ id: 'a', checks: [{ id: 'b' }] }] },
    { ...good, exercises: [{ id: 'a', checks: [{ id: 'b', expression: 'true', hints: [{ id: 'c' }] }] }] },
  ])('%#', wrong => {
    expect(violations(wrong, lesson)).not.toEqual([])
    const files = { ...folders[0]!.files, 'lesson.yaml': JSON.stringify(wrong) }
    expect(parseLesson(folders[0]!.id, files).problems).not.toEqual([])
  })
})
