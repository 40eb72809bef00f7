/** Events as clients may write them: loosely in core, strictly in events.k8s.io. */
import { type FieldError, invalid, required } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import { isLonger } from '../../formats/text-length.ts'
import type { Checks, Draft } from '../../kind.ts'
import type { Event } from '../../types.ts'
import { check, complaints, dns1123Subdomain, pathSegment, qualifiedName } from './content.ts'
import { IMMUTABLE, objectMeta, objectMetaUpdate } from './metadata.ts'

const LONGEST = 128
const LONGEST_MESSAGE = 1024

const atMost = (path: string, value: string | undefined, length: number): FieldError[] =>
  isLonger(value ?? '', length) ? [invalid(path, '', `can have at most ${length} characters`)] : []
const wanted = (path: string, value: string | undefined): FieldError[] => [
  ...(value ? [] : [required(path)]),
  ...atMost(path, value, LONGEST),
]

/** What events of either group must be. @param reporter what the group calls who reports */
function plain(event: Draft, reporter: string): FieldError[] {
  const { namespace = '' } = event.metadata
  const of: string = event.involvedObject?.namespace ?? ''
  const elsewhere = invalid('involvedObject.namespace', of, 'does not match event.namespace')
  const errors: FieldError[] = []
  if (!event.eventTime) {
    if (of ? of !== namespace : namespace !== 'default') errors.push(elsewhere)
  } else {
    if (!of && namespace !== 'default' && namespace !== 'kube-system') errors.push(elsewhere)
    const who: string = event.reportingComponent ?? ''
    errors.push(
      ...(who ? [] : [required(reporter)]),
      ...check(qualifiedName, reporter, who),
      ...wanted('reportingInstance', event.reportingInstance),
      ...wanted('action', event.action),
      ...wanted('reason', event.reason),
      ...atMost('message', event.message, LONGEST_MESSAGE),
    )
  }
  return [...errors, ...complaints('namespace', namespace, dns1123Subdomain(namespace))]
}

function series({ series: given }: Draft): FieldError[] {
  if (!given) return []
  return [
    ...((given.count ?? 0) < 2 ? [invalid('series.count', '', 'should be at least 2')] : []),
    ...(given.lastObservedTime ? [] : [required('series.lastObservedTime')]),
  ]
}

const TYPES = ['Normal', 'Warning']

function strict(event: Draft): FieldError[] {
  const unset = (path: string, value: unknown): FieldError[] => (value ? [invalid(path, '', 'needs to be unset')] : [])
  return [
    ...objectMeta(event.metadata, true),
    ...series(event),
    ...(event.eventTime ? [] : [required('eventTime')]),
    ...(TYPES.includes(event.type) ? [] : [invalid('type', '', `has invalid value: ${event.type ?? ''}`)]),
    ...unset('firstTimestamp', event.firstTimestamp),
    ...unset('lastTimestamp', event.lastTimestamp),
    ...unset('count', event.count),
    ...unset('source', event.source?.component || event.source?.host),
  ]
}

/** As Go shows a struct that knows nothing of JSON. */
const reference = (r: Draft): Draft =>
  r && {
    Kind: r.kind ?? '',
    Namespace: r.namespace ?? '',
    Name: r.name ?? '',
    UID: r.uid ?? '',
    APIVersion: r.apiVersion ?? '',
    ResourceVersion: r.resourceVersion ?? '',
    FieldPath: r.fieldPath ?? '',
  }
const same = (value: Draft): Draft => value ?? ''
const FIXED: readonly (readonly [field: string, path: string, shown: (value: Draft) => Draft])[] = [
  ['involvedObject', 'involvedObject', reference],
  ['reason', 'reason', same],
  ['message', 'message', same],
  ['source', 'source', s => ({ Component: s?.component ?? '', Host: s?.host ?? '' })],
  ['firstTimestamp', 'firstTimestamp', value => value ?? null],
  ['lastTimestamp', 'lastTimestamp', value => value ?? null],
  ['count', 'count', value => value ?? 0],
  ['reason', 'reason', same],
  ['type', 'type', same],
  ['eventTime', 'eventTime', value => value ?? null],
  ['action', 'action', same],
  ['related', 'related', value => reference(value) ?? null],
  ['reportingComponent', 'reportingController', same],
  ['reportingInstance', 'reportingInstance', same],
]

function fixed(event: Draft, old: Draft): FieldError[] {
  return FIXED.flatMap(([field, path, shown]) => {
    const now = shown(event[field])
    return deepEqual(now, shown(old[field])) ? [] : [invalid(path, now, IMMUTABLE)]
  })
}

const IN_CORE = 'reportingComponent'
const IN_EVENTS = 'reportingController'

export const event: Checks<Event> = {
  validate(e) {
    const errors = plain(e, IN_CORE)
    return errors.length ? errors : objectMeta(e.metadata, true, pathSegment)
  },
  validateUpdate: (e, old) => [...plain(e, IN_CORE), ...objectMetaUpdate(e, old)],
}

export const eventsK8sEvent: Checks<Event> = {
  validate: e => [...plain(e, IN_EVENTS), ...strict(e)],
  validateUpdate: (e, old) => [
    ...plain(e, IN_EVENTS),
    ...objectMetaUpdate(e, old),
    ...(deepEqual(e.series, old.series) ? [] : series(e)),
    ...fixed(e, old),
  ],
}
