/** configMap: each key a file. */
import type { ConfigMap } from '../../api/types.ts'
import { decodeBase64 } from '../containers/env.ts'
import { findOptional, type Payload, selectKeys, writePayload } from './payload.ts'
import type { SetUp, VolumePlugin } from './volume.ts'

type Source = NonNullable<SetUp['spec']['configMap']>

export function configMapPayload({ pod, sources }: SetUp, source: Source, defaultMode: number | undefined): Payload {
  const { name = '', items, optional } = source
  const found = findOptional(() => sources.configMap(pod.metadata.namespace ?? '', name), optional)
  return selectKeys(
    dataOf(found),
    items,
    defaultMode,
    optional || !found,
    key => `configmap references non-existent config key: ${key}`,
  )
}

const dataOf = (map: ConfigMap | undefined): Record<string, string> => ({
  ...map?.data,
  ...Object.fromEntries(Object.entries(map?.binaryData ?? {}).map(([key, text]) => [key, decodeBase64(text)])),
})

export const configMapVolume: VolumePlugin = {
  field: 'configMap',
  setUp(request) {
    const source = request.spec.configMap!
    const payload = configMapPayload(request, source, source.defaultMode)
    return writePayload(request, payload, [`configmap/${request.pod.metadata.namespace}/${source.name}`])
  },
}
