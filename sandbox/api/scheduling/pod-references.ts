/** Names of other objects of its namespace that a Pod refers to. */
import type { Draft } from '../kind.ts'

export interface References {
  secrets: Set<string>
  configmaps: Set<string>
  persistentvolumeclaims: Set<string>
}

export function referencesOf({ metadata, spec }: Draft): References {
  const found: References = { secrets: new Set(), configmaps: new Set(), persistentvolumeclaims: new Set() }
  const add = (what: keyof References, name: string | undefined): void => {
    if (name) found[what].add(name)
  }
  for (const { name } of spec.imagePullSecrets ?? []) add('secrets', name)
  for (const list of ['containers', 'initContainers', 'ephemeralContainers'])
    for (const { env, envFrom } of spec[list] ?? []) {
      for (const { secretRef, configMapRef } of envFrom ?? []) {
        add('secrets', secretRef?.name)
        add('configmaps', configMapRef?.name)
      }
      for (const { valueFrom } of env ?? []) {
        add('secrets', valueFrom?.secretKeyRef?.name)
        add('configmaps', valueFrom?.configMapKeyRef?.name)
      }
    }
  for (const volume of spec.volumes ?? []) {
    for (const source of Object.values<Draft>(volume))
      for (const secret of [source?.secretName, source?.secretRef?.name, source?.nodePublishSecretRef?.name])
        add('secrets', secret)
    add('configmaps', volume.configMap?.name)
    add('persistentvolumeclaims', volume.persistentVolumeClaim?.claimName)
    if (volume.ephemeral) add('persistentvolumeclaims', `${metadata.name}-${volume.name}`)
    for (const { secret, configMap } of volume.projected?.sources ?? []) {
      add('secrets', secret?.name)
      add('configmaps', configMap?.name)
    }
  }
  return found
}
