/** Events: core/v1, and the same objects in the words of events.k8s.io/v1. */
import { within } from '../../parts.ts'
import { since } from '../formats/duration.ts'
import { type Draft, defineKind } from '../kind.ts'
import type { Event, KubeObject } from '../types.ts'
import { configuration } from './validation/parts.ts'

const firstSeen = (e: Event, now: number): string => since(e.firstTimestamp ?? e.eventTime, now)
const lastSeen = (e: Event, now: number): string =>
  since(e.series?.lastObservedTime ?? e.lastTimestamp ?? e.firstTimestamp ?? e.eventTime, now)

function object({ involvedObject }: Event): string {
  const kind = (involvedObject.kind ?? '').toLowerCase()
  return involvedObject.name ? `${kind}/${involvedObject.name}` : kind
}

const source = (e: Event): string =>
  [e.source?.component || e.reportingComponent || '', e.source?.host || e.reportingInstance || '']
    .filter(Boolean)
    .join(', ')

export const event = defineKind<Event>({
  group: '',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  namespaced: true,
  createOnUpdate: true,
  checksOfClients: within(configuration, checks => checks.event),
  // What has no pointer in Kubernetes is always there.
  setDefaults(e) {
    e.involvedObject ??= {}
  },
  columns: [
    { name: 'Last Seen', cell: lastSeen },
    { name: 'Type', cell: e => e.type ?? '' },
    { name: 'Reason', cell: e => e.reason ?? '' },
    { name: 'Object', cell: object },
    { name: 'Subobject', priority: 1, cell: e => e.involvedObject.fieldPath ?? '' },
    { name: 'Source', priority: 1, cell: source },
    { name: 'Message', cell: e => (e.message ?? '').trim() },
    { name: 'First Seen', priority: 1, cell: firstSeen },
    { name: 'Count', priority: 1, cell: e => e.series?.count ?? (e.count || 1) },
    { name: 'Name', priority: 1, format: 'name', cell: e => e.metadata.name },
  ],
  selectableFields: e => ({
    'involvedObject.kind': e.involvedObject.kind ?? '',
    'involvedObject.namespace': e.involvedObject.namespace ?? '',
    'involvedObject.name': e.involvedObject.name ?? '',
    'involvedObject.uid': e.involvedObject.uid ?? '',
    'involvedObject.apiVersion': e.involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': e.involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': e.involvedObject.fieldPath ?? '',
    reason: e.reason ?? '',
    reportingComponent: e.reportingComponent ?? '',
    source: e.source?.component || e.reportingComponent || '',
    type: e.type ?? '',
  }),
})

/** What the two groups call the same thing: events.k8s.io first, core second. */
const RENAMED: readonly (readonly [string, string])[] = [
  ['note', 'message'],
  ['regarding', 'involvedObject'],
  ['reportingController', 'reportingComponent'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
]

function rename(object: Draft, apiVersion: string, pairs: Iterable<readonly [string, string]>): Draft {
  const renamed: Draft = { ...object, apiVersion }
  for (const [from, to] of pairs) {
    if (!(from in renamed)) continue
    renamed[to] = renamed[from]
    delete renamed[from]
  }
  return renamed
}

/** Core writes these even when nobody has set them, events.k8s.io only when somebody has. */
const REPORTER = ['reportingComponent', 'reportingInstance'] as const

function toCore(object: Draft): Draft {
  const stored = rename(object, 'v1', RENAMED)
  for (const key of REPORTER) stored[key] ??= ''
  return stored
}

function fromCore({ ...object }: Draft): Draft {
  for (const key of REPORTER) if (object[key] === '') delete object[key]
  return rename(
    object,
    'events.k8s.io/v1',
    RENAMED.map(([a, b]) => [b, a] as const),
  )
}

const OBJECT_FIELDS = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath']
const FIELD_LABELS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(OBJECT_FIELDS.map(field => [`regarding.${field}`, `involvedObject.${field}`])),
  reason: 'reason',
  reportingController: 'reportingComponent',
  type: 'type',
}

export const eventsK8sEvent = defineKind<KubeObject>({
  group: 'events.k8s.io',
  version: 'v1',
  kind: 'Event',
  plural: 'events',
  shortNames: ['ev'],
  namespaced: true,
  createOnUpdate: true,
  checksOfClients: within(configuration, checks => checks.eventsK8sEvent),
  stored: {
    as: event,
    toStored: toCore,
    fromStored: fromCore,
    fieldLabels: FIELD_LABELS,
  },
  columns: event.columns,
  selectableFields(e) {
    const fields = event.selectableFields!(rename(e, 'v1', RENAMED))
    return Object.fromEntries(Object.entries(FIELD_LABELS).map(([own, core]) => [own, fields[core] ?? '']))
  },
})
