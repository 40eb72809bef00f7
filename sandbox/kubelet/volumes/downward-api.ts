/** downwardAPI: fields of the Pod and resources of its containers as files. */
import { podField, resourceField } from '../containers/downward.ts'
import { type Payload, writePayload } from './payload.ts'
import type { SetUp, VolumePlugin } from './volume.ts'

type Items = NonNullable<NonNullable<SetUp['spec']['downwardAPI']>['items']>

export function downwardPayload({ pod, downward }: SetUp, items: Items | undefined, defaultMode = 0o644): Payload {
  const payload: Payload = new Map()
  for (const { path, fieldRef, resourceFieldRef, mode } of items ?? []) {
    const data = fieldRef
      ? podField(pod, fieldRef.fieldPath, downward)
      : resourceFieldRef
        ? resourceField(pod, undefined, resourceFieldRef, downward)
        : ''
    payload.set(path, { data, mode: mode ?? defaultMode })
  }
  return payload
}

export const downwardApiVolume: VolumePlugin = {
  field: 'downwardAPI',
  setUp(request) {
    const source = request.spec.downwardAPI!
    return writePayload(request, downwardPayload(request, source.items, source.defaultMode), [])
  },
}
