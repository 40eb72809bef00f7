/** The table that says of every field of a PodSpec whether it is simulated, harmless or refused. */
import { describe, expect, it } from 'vitest'
import { type ObjectType, type Type, typeNamed } from '../../../schema/index.ts'
import { fateOf, listedFields, listedTypes, notSimulated } from './simulated.ts'

/** Types whose insides belong to another kind, or to every kind. */
const ELSEWHERE = new Set(['PersistentVolumeClaimSpec', 'ObjectMeta'])

function objectIn(type: Type): ObjectType | undefined {
  if (type.is === 'object') return type.type
  return 'of' in type ? objectIn(type.of) : undefined
}

/** Every type that a spec reaches through fields that are implemented. */
function reached(from: ObjectType, seen = new Map<string, ObjectType>()): Map<string, ObjectType> {
  if (seen.has(from.name) || ELSEWHERE.has(from.name)) return seen
  seen.set(from.name, from)
  for (const field of from.fields.values()) {
    const inner = objectIn(field.type)
    if (inner && fateOf(from.name, field.name) === 'implemented') reached(inner, seen)
  }
  return seen
}

const types = reached(typeNamed('core/v1.PodSpec')!)

describe('the table of what is simulated of a Pod', () => {
  it('knows every field of every type that a spec reaches', () => {
    const unknown = [...types.values()].flatMap(type =>
      [...type.fields.keys()].filter(name => !fateOf(type.name, name)).map(name => `${type.name}.${name}`),
    )
    expect(unknown).toEqual([])
  })

  it('lists no type and no field that the schema does not have', () => {
    const extra = listedTypes().flatMap(type =>
      listedFields(type)
        .filter(name => !types.get(type)?.fields.has(name))
        .map(name => `${type}.${name}`),
    )
    expect(extra).toEqual([])
  })

  it('refuses what would have an effect that one could see, wherever it stands', () => {
    const spec = {
      resourceClaims: [{ name: 'gpu' }],
      initContainers: [{ name: 'prepare', volumeDevices: [] }],
      containers: [
        { name: 'db', volumeDevices: [{ name: 'disk', devicePath: '/dev/xvda' }], resources: { claims: [] } },
      ],
    }
    expect(notSimulated(spec, 'spec').map(e => `${e.field}: ${e.body}`)).toEqual([
      'spec.resourceClaims: Forbidden: not simulated',
      'spec.containers[0].volumeDevices: Forbidden: not simulated',
    ])
  })

  it('says nothing of what is kept without effect', () => {
    const spec = { hostPID: true, containers: [{ name: 'web', securityContext: { allowPrivilegeEscalation: false } }] }
    expect(notSimulated(spec, 'spec')).toEqual([])
  })
})
