/** Warnings for a new CustomResourceDefinition: formats that are not checked. */
import { isKnownFormat } from '../../../custom/formats.ts'
import type { Draft } from '../../../kind.ts'

const OF_NUMBERS: Readonly<Record<string, readonly string[]>> = {
  integer: ['int32', 'int64'],
  number: ['float', 'double'],
}

const isKnown = ({ type = '', format }: Draft): boolean =>
  type === '' || type === 'string' ? isKnownFormat(format) : (OF_NUMBERS[type] ?? []).includes(format)

function* unknownFormats(schema: Draft): Iterable<string> {
  if (!schema || typeof schema !== 'object') return
  if (schema.format && !isKnown(schema)) yield schema.format
  for (const [, child] of Object.entries(schema.properties ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)))
    yield* unknownFormats(child)
  yield* unknownFormats(schema.items)
  yield* unknownFormats(schema.additionalProperties)
}

const formatsOf = (definition: Draft): Set<string> =>
  new Set((definition?.spec?.versions ?? []).flatMap((v: Draft) => [...unknownFormats(v?.schema?.openAPIV3Schema)]))

export function definitionWarnings(definition: Draft, old: Draft): string[] {
  const before = formatsOf(old)
  return [...formatsOf(definition)].filter(f => !before.has(f)).map(f => `unrecognized format ${JSON.stringify(f)}`)
}
