/** Looks fields up in the schema, for tests. */
import type { Field, ObjectType, Type } from './index.ts'

/**
 * The field at a path such as ['spec', 'containers', 'image']; list and map entries are passed through without a step
 * of their own for lists, with any step for maps.
 */
export function fieldAt(root: ObjectType, path: readonly string[]): Field | undefined {
  let type: Type = { is: 'object', type: root }
  let field: Field | undefined
  for (const step of path) {
    while (type.is === 'list') type = type.of
    if (type.is === 'map') {
      type = type.of
      continue
    }
    if (type.is !== 'object') return undefined
    field = type.type.fields.get(step)
    if (!field) return undefined
    type = field.type
  }
  return field
}
