/** Names of models in OpenAPI, by package, version and kind. */

import type { KindDef } from '../../api/kind.ts'
import { typeOf } from '../../api/requests/decode.ts'
import { customName } from './custom.ts'

/** Where a package's types are called from, in OpenAPI's names: `apps/v1.Deployment` → `io.k8s.api.apps.v1.Deployment`. */
export function openApiName(id: string): string {
  const [pkg, name] = [id.slice(0, id.indexOf('.')), id.slice(id.indexOf('.') + 1)]
  const path = pkg.replace('/', '.')
  switch (pkg.split('/')[0]) {
    case 'meta':
      return `io.k8s.apimachinery.pkg.apis.${path}.${name}`
    case 'apiextensions':
      return `io.k8s.apiextensions-apiserver.pkg.apis.${path}.${name}`
    case 'apiregistration':
      return `io.k8s.kube-aggregator.pkg.apis.${path}.${name}`
    default:
      return `io.k8s.api.${path}.${name}`
  }
}

export function modelOf(kind: KindDef): string {
  const type = kind.custom ? undefined : typeOf(kind)
  return type ? openApiName(type.id) : customName(kind)
}

/** The model of many of them. */
export function listModel(kind: KindDef): string {
  const model = modelOf(kind)
  return model.slice(0, model.lastIndexOf('.') + 1) + (kind.listKind ?? `${kind.kind}List`)
}
