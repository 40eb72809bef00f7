/** secret: each key a file, its value decoded. */
import { decodeBase64 } from '../containers/env.ts'
import { findOptional, type Payload, selectKeys, writePayload } from './payload.ts'
import type { SetUp, VolumePlugin } from './volume.ts'

interface Source {
  items?: Parameters<typeof selectKeys>[1]
  optional?: boolean | undefined
}

export function secretPayload(
  { pod, sources }: SetUp,
  name: string,
  source: Source,
  defaultMode: number | undefined,
): Payload {
  const { items, optional } = source
  const found = findOptional(() => sources.secret(pod.metadata.namespace ?? '', name), optional)
  const data = Object.fromEntries(Object.entries(found?.data ?? {}).map(([key, text]) => [key, decodeBase64(text)]))
  return selectKeys(data, items, defaultMode, optional || !found, key => `references non-existent secret key: ${key}`)
}

export const secretVolume: VolumePlugin = {
  field: 'secret',
  setUp(request) {
    const source = request.spec.secret!
    const name = source.secretName ?? ''
    const payload = secretPayload(request, name, source, source.defaultMode)
    return writePayload(request, payload, [`secret/${request.pod.metadata.namespace}/${name}`])
  },
}
