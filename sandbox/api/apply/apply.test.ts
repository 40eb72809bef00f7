/** Server-side apply: owners, conflicts, force, and what is given up. */
import { describe, expect, it } from 'vitest'
import type { Draft } from '../kind.ts'
import { deployment } from '../kinds/deployment.ts'
import type { StatusError } from '../status.ts'
import type { KubeObject } from '../types.ts'
import { applyConfiguration } from './apply.ts'
import { fromFieldsV1, printPath, toFieldsV1 } from './field-set.ts'
import { LAST_APPLIED } from './last-applied.ts'
import { recordUpdate } from './managed-fields.ts'

const now = '2026-01-05T09:00:00Z'
const wanted = (more: Draft = {}, spec: Draft = {}): Draft => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', ...more },
  spec: {
    replicas: 2,
    template: { spec: { containers: [{ name: 'c', image: 'nginx', env: [{ name: 'A', value: '1' }] }] } },
    ...spec,
  },
})
const apply = (live: Draft | undefined, config: Draft, manager = 'me', force = false): Draft =>
  applyConfiguration(deployment, live as KubeObject | undefined, config, { manager, force, now })
const update = (live: Draft, change: (draft: Draft) => void, manager: string): Draft => {
  const draft = structuredClone(live)
  change(draft)
  recordUpdate(deployment, live as KubeObject, draft, { manager, subresource: '', now })
  return draft
}

describe('server-side apply', () => {
  it('owns what it names', () => {
    const made = apply(undefined, wanted({ labels: { a: 'b' } }))
    expect(made.metadata.managedFields).toEqual([
      {
        manager: 'me',
        operation: 'Apply',
        apiVersion: 'apps/v1',
        time: now,
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { 'f:a': {} } },
          'f:spec': {
            'f:replicas': {},
            'f:template': {
              'f:spec': {
                'f:containers': {
                  'k:{"name":"c"}': {
                    '.': {},
                    'f:env': { 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
                    'f:image': {},
                    'f:name': {},
                  },
                },
              },
            },
          },
        },
      },
    ])
  })

  it('is refused a field that somebody else has changed, unless forced', () => {
    const made = apply(undefined, wanted())
    const scaled = update(made, d => void (d.spec.replicas = 5), 'kubectl-scale')
    let refused: StatusError | undefined
    try {
      apply(scaled, wanted())
    } catch (error) {
      refused = error as StatusError
    }
    expect(refused?.message).toBe(
      'Apply failed with 1 conflict: conflict with "kubectl-scale" using apps/v1: .spec.replicas',
    )
    const forced = apply(scaled, wanted(), 'me', true)
    expect(forced.spec.replicas).toBe(2)
    expect(forced.metadata.managedFields).toHaveLength(1)
  })

  it('of kubectl takes over what its client-side apply has written down, and keeps that up to date', () => {
    const before = wanted({ annotations: { [LAST_APPLIED]: JSON.stringify(wanted()) } })
    const live = update(before, d => (d.spec.replicas = 2), 'kubectl-client-side-apply')
    recordUpdate(deployment, undefined, live, { manager: 'kubectl-client-side-apply', subresource: '', now })
    const three = wanted({}, { replicas: 3 })
    const how = { force: false, now, sent: three }
    const as = (manager: string, from: Draft) =>
      applyConfiguration(deployment, from as KubeObject, three, { manager, ...how })
    expect(() => as('me', live)).toThrow(/conflict with "kubectl-client-side-apply"/)
    const taken = as('kubectl', live)
    expect(taken.spec.replicas).toBe(3)
    expect(JSON.parse(taken.metadata.annotations[LAST_APPLIED])).toEqual(three)
    // What has been changed since is not what was applied.
    const scaled = update(live, d => (d.spec.replicas = 5), 'scaler')
    expect(() => as('kubectl', scaled)).toThrow('conflict with "scaler" using apps/v1: .spec.replicas')
  })

  it('takes away what it no longer names, but leaves what others have', () => {
    const made = apply(undefined, wanted({ labels: { a: '1', b: '2' } }))
    const more = update(
      made,
      d => void d.spec.template.spec.containers.push({ name: 'side', image: 'busybox' }),
      'other',
    )
    const second = apply(
      more,
      wanted({ labels: { a: '1' } }, { template: { spec: { containers: [{ name: 'c', image: 'nginx' }] } } }),
    )
    expect(second.metadata.labels).toEqual({ a: '1' })
    expect(second.spec.template.spec.containers).toEqual([
      { name: 'c', image: 'nginx', resources: {} },
      { name: 'side', image: 'busybox', resources: {} },
    ])
  })

  it('shares a field on which both agree', () => {
    const made = apply(undefined, wanted())
    const both = apply(made, { ...wanted(), spec: { replicas: 2 } }, 'you')
    const alone = apply(both, wanted({}, { replicas: undefined }), 'me')
    expect(alone.spec.replicas).toBe(2)
  })

  it('owns nothing of a list that is empty, and says by its name what is no name', () => {
    const made = apply(
      undefined,
      wanted({ finalizers: [] }, { template: { spec: { containers: [], nodeSelector: {} } } }),
    )
    expect(made.metadata.managedFields?.[0]?.fieldsV1).toEqual({
      'f:spec': { 'f:replicas': {}, 'f:template': { 'f:spec': { 'f:nodeSelector': {} } } },
    })
    expect(printPath('f:volumes\u0000k:{"name":{}}\u0000f:name')).toBe('.volumes[name=].name')
  })

  it('says what cannot be converted, of which object', () => {
    const bad = wanted({}, { strategy: { rollingUpdate: { maxSurge: {} } } })
    expect(() => apply(undefined, bad)).toThrow(
      'failed to convert new object (/web; apps/v1, Kind=Deployment) to proper version: unable to convert unstructured object to apps/v1, Kind=Deployment: json: cannot unmarshal object into Go value of type int32',
    )
  })

  it('writes and reads FieldsV1 without loss', () => {
    const fields = (apply(undefined, wanted({ labels: { a: 'b' } })).metadata.managedFields as Draft[])[0].fieldsV1
    expect(toFieldsV1(fromFieldsV1(fields))).toEqual(fields)
  })
})

describe('what several apply', () => {
  const containers = (...names: string[]): Draft =>
    wanted({}, { template: { spec: { containers: names.map(name => ({ name, image: 'i' })) } } })
  const named = ({ spec }: Draft): string => spec.template.spec.containers.map((c: Draft) => c.name).join('')

  it('comes in the order of whoever applies, and the others stay before what they stood before', () => {
    const after = (live: string, applied: string): string =>
      named(apply(apply(undefined, containers(...live), 'first'), containers(...applied), 'second', true))
    expect(after('abc', 'cd')).toBe('abcd')
    expect(after('abc', 'ca')).toBe('bca')
    expect(after('abc', 'xa')).toBe('xabc')
    expect(after('ac', 'abc')).toBe('abc')
    expect(after('abcd', 'db')).toBe('acdb')
  })

  it('an empty map that was applied can be filled, by others only with force', () => {
    const empty = apply(undefined, wanted({ annotations: {} }), 'first')
    delete empty.metadata.annotations
    const filled = wanted({ annotations: { x: '1' } })
    expect(apply(empty, filled, 'first').metadata.annotations).toEqual({ x: '1' })
    expect(() => apply(empty, filled, 'second')).toThrow('conflict with "first": .metadata.annotations')
    const taken = apply(empty, filled, 'second', true)
    expect(apply(taken, wanted(), 'first').metadata.annotations).toEqual({ x: '1' })
  })

  it('a size of none, asked for through a Scale, is nobody’s', () => {
    const made = apply(undefined, wanted(), 'first')
    const scaled = (replicas: number): Draft => {
      const draft: Draft = { ...made, spec: { ...made.spec, replicas }, metadata: { ...made.metadata } }
      recordUpdate(deployment, made as KubeObject, draft, { manager: 'second', subresource: 'scale', now })
      return draft
    }
    expect(() => apply(scaled(1), wanted(), 'third')).toThrow('conflict with "second" with subresource "scale"')
    expect(apply(scaled(0), wanted(), 'third').spec.replicas).toBe(2)
  })
})
