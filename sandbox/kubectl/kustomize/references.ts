/** Names that changed are changed wherever others speak of them. */
import { isRecord, type Obj } from '../objects.ts'
import { podSpecOf } from '../selectors.ts'
import type { Item } from './build.ts'

export function fixReferences(items: readonly Item[]): void {
  const renamed = (kind: string, name: string): string =>
    items.find(i => i.object.kind === kind && i.names.includes(name) && i.object.metadata.name !== name)?.object
      .metadata.name ?? name
  const fix = (holder: Obj, key: string, kind: string): void => {
    if (isRecord(holder) && typeof holder[key] === 'string') holder[key] = renamed(kind, holder[key])
  }
  for (const { object } of items) {
    const spec = podSpecOf(object)
    if (spec) podSpec(spec, fix)
    fix(object.spec, 'serviceName', 'Service')
    fix(object.spec?.scaleTargetRef, 'name', object.spec?.scaleTargetRef?.kind)
    fix(object.roleRef, 'name', object.roleRef?.kind)
    for (const s of object.subjects ?? []) if (s.kind === 'ServiceAccount') fix(s, 'name', 'ServiceAccount')
    fix(object.spec?.defaultBackend?.service, 'name', 'Service')
    for (const rule of object.spec?.rules ?? [])
      for (const path of rule.http?.paths ?? []) fix(path.backend?.service, 'name', 'Service')
    for (const t of object.kind === 'Ingress' ? (object.spec.tls ?? []) : []) fix(t, 'secretName', 'Secret')
    if (object.kind === 'PersistentVolumeClaim') fix(object.spec, 'volumeName', 'PersistentVolume')
    if (object.kind === 'ServiceAccount')
      for (const s of [...(object.secrets ?? []), ...(object.imagePullSecrets ?? [])]) fix(s, 'name', 'Secret')
  }
}

function podSpec(spec: Obj, fix: (holder: Obj, key: string, kind: string) => void): void {
  fix(spec, 'serviceAccountName', 'ServiceAccount')
  fix(spec, 'priorityClassName', 'PriorityClass')
  for (const s of spec.imagePullSecrets ?? []) fix(s, 'name', 'Secret')
  for (const v of spec.volumes ?? []) {
    fix(v.configMap, 'name', 'ConfigMap')
    fix(v.secret, 'secretName', 'Secret')
    fix(v.persistentVolumeClaim, 'claimName', 'PersistentVolumeClaim')
    for (const s of v.projected?.sources ?? []) {
      fix(s.configMap, 'name', 'ConfigMap')
      fix(s.secret, 'name', 'Secret')
    }
  }
  for (const c of [...(spec.initContainers ?? []), ...(spec.containers ?? [])]) {
    for (const e of c.env ?? []) {
      fix(e.valueFrom?.configMapKeyRef, 'name', 'ConfigMap')
      fix(e.valueFrom?.secretKeyRef, 'name', 'Secret')
    }
    for (const e of c.envFrom ?? []) {
      fix(e.configMapRef, 'name', 'ConfigMap')
      fix(e.secretRef, 'name', 'Secret')
    }
  }
}
