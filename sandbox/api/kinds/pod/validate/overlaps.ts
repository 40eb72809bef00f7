/** Warnings of volumes whose files would lie on top of each other. */
import type { Draft } from '../../../kind.ts'

interface Target {
  path: string
  source: string
}

const shown = ({ path, source }: Target): string => (source ? `"${path}" (${source})` : `"${path}"`)
const within = (inner: string, outer: string): boolean => `${inner}/`.startsWith(`${outer}/`)

const targets = (items: Draft, source: string): Target[] =>
  (items ?? []).map((item: Draft) => ({ path: (item.path ?? '').replace(/\/+$/, ''), source }))

function collisions(all: readonly Target[]): string[] {
  return all.flatMap((target, i) =>
    all
      .slice(0, i)
      .filter(o => target.path && o.path && (within(o.path, target.path) || within(target.path, o.path)))
      .map(other => `${shown(target)} with ${shown(other)}`),
  )
}

function ofProjection(source: Draft): Target[] {
  const { configMap, secret, downwardAPI, serviceAccountToken: token } = source
  if (configMap?.items) return targets(configMap.items, `ConfigMap "${configMap.name ?? ''}"`)
  if (secret?.items) return targets(secret.items, `Secret "${secret.name ?? ''}"`)
  if (downwardAPI?.items) return targets(downwardAPI.items, 'DownwardAPI')
  return token ? targets([token], 'ServiceAccountToken') : []
}

function ofVolume(volume: Draft): string[] {
  const name = `volume "${volume.name ?? ''}"`
  const warn = (of: string, all: readonly Target[]): string[] =>
    collisions(all).map(text => `${name} (${of}): overlapping paths: ${text}`)
  const { configMap, secret, downwardAPI, projected } = volume
  const warnings = [
    ...(configMap ? warn(`ConfigMap "${configMap.name ?? ''}"`, targets(configMap.items, '')) : []),
    ...(secret ? warn(`Secret "${secret.secretName ?? ''}"`, targets(secret.items, '')) : []),
    ...(downwardAPI ? warn('DownwardAPI', targets(downwardAPI.items, '')) : []),
  ]
  const sources: Draft[] = projected?.sources ?? []
  const empty = sources.filter(source => !Object.values(source ?? {}).some(Boolean))
  warnings.push(...empty.map(() => `${name} (Projected) has no sources provided`))
  warnings.push(
    ...warn(
      'Projected',
      sources.flatMap(source => ofProjection(source ?? {})),
    ),
  )
  return warnings
}

export const overlappingPaths = (volumes: Draft): string[] => (volumes ?? []).flatMap(ofVolume)
