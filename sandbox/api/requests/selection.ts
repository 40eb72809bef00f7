/** The selectors of a list or watch, compiled to test objects against. */
import type { ListOptions, WatchEvent } from '../client.ts'
import { type KindDef, resourceOf } from '../kind.ts'
import { badRequest } from '../status.ts'
import type { KubeObject } from '../types.ts'
import { matches, parseFieldSelector, parseLabelSelector } from './selectors.ts'

export interface Selection {
  includes(object: KubeObject): boolean
  /** Set when only one name can match. */
  name?: string
}

/** @throws BadRequest for a selector that is malformed or names a field that the kind does not offer */
export function selection(kind: KindDef, options: ListOptions): Selection {
  const labels = options.labelSelector ? parseLabelSelector(options.labelSelector) : []
  const fields = options.fieldSelector ? parseFieldSelector(options.fieldSelector) : []
  const own = kind.selectableFields
  if (fields.length) {
    const known = own ? Object.keys(own(EMPTY)) : []
    const ownWords = Boolean(own || kind.custom)
    for (const { field } of fields) {
      // Kinds of the whole cluster that have fields of their own know no namespaces.
      const isCommon = field === 'metadata.name' || (field === 'metadata.namespace' && (kind.namespaced || !ownWords))
      if (isCommon || known.includes(field)) continue
      throw badRequest(unsupported(kind, field, ownWords))
    }
  }
  const name = fields.find(f => f.field === 'metadata.name' && !f.negated)?.value
  return {
    ...(name !== undefined && { name }),
    includes(object) {
      if (labels.length && !matches(labels, object.metadata.labels)) return false
      if (!fields.length) return true
      const values = fields.some(f => !f.field.startsWith('metadata.')) ? own!(object) : {}
      return fields.every(({ field, negated, value }) => {
        const found =
          field === 'metadata.name'
            ? object.metadata.name
            : field === 'metadata.namespace'
              ? (object.metadata.namespace ?? '')
              : (values[field] ?? '')
        return (found === value) !== negated
      })
    },
  }
}

/** Every optional part answers as empty, so that a kind can name its fields without an object. */
const EMPTY = {
  apiVersion: '',
  kind: '',
  metadata: {},
  spec: {},
  status: {},
  involvedObject: {},
  source: {},
  regarding: {},
} as unknown as KubeObject

/** Kinds with a conversion function of their own say it their way; the rest share the default's words. */
function unsupported(kind: KindDef, field: string, ownWords: boolean): string {
  if (!ownWords) return `"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`
  const resource = resourceOf(kind)
  if (resource === 'jobs.batch') return `field label "${field}" not supported for Job`
  if (resource === 'resourceslices.resource.k8s.io')
    return `field label not supported for ${kind.group}/${kind.version}, Kind=${kind.kind}: ${field}`
  return `field label not supported: ${field}`
}

/** A change seen through a selector: coming into sight is ADDED, going out of it DELETED. */
export function asSeen<T extends KubeObject>(event: WatchEvent<T>, wanted: Selection): WatchEvent<T> | undefined {
  const now = event.type !== 'DELETED' && wanted.includes(event.object)
  const before = event.old !== undefined && wanted.includes(event.old)
  if (now) return before || event.type === 'ADDED' ? event : { ...event, type: 'ADDED' }
  if (!before) return undefined
  // The last sight is of the object as it was, with the revision of the change.
  const { resourceVersion } = event.object.metadata
  const old = event.old!
  return { type: 'DELETED', object: { ...old, metadata: { ...old.metadata, resourceVersion } }, old }
}
