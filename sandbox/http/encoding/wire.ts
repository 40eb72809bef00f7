/** Objects as text: the order of fields, lists, Tables and bare metadata. */

import { escaped, toJson } from '../../api/formats/go-json.ts'
import { apiVersionOf, type KindDef } from '../../api/kind.ts'
import { plainColumns } from '../../api/kinds/columns.ts'
import { typeOf } from '../../api/requests/decode.ts'
import { inGoOrder, inMapOrder, OUT_OF_ORDER } from '../../api/schema/go-order.ts'
import { typeNamed } from '../../api/schema/index.ts'
import type { KubeObject } from '../../api/types.ts'
import { columnDefinitions } from './columns.ts'
import type { Output } from './negotiate.ts'

/** What has been put in order, in the text of an answer. */
export function written(body: object): string {
  try {
    return escaped(JSON.stringify(body))
  } catch (error) {
    if (error !== OUT_OF_ORDER) throw error
    return toJson(body, { keepOrder: true })
  }
}

/** For people: in lines. */
export const inLines = (body: unknown): string => toJson(body, { keepOrder: true, indent: '  ' })

const META = typeNamed('meta/v1.ObjectMeta')!

/** Custom resources are maps to Go, so all of them comes by the alphabet. */
export function ordered(kind: KindDef, object: KubeObject, withType = true): Record<string, unknown> {
  const type = typeOf(kind)
  if (!type) return inMapOrder(object)
  if (withType) return inGoOrder(type, object)
  const { kind: _kind, apiVersion: _version, ...rest } = object
  return inGoOrder(type, rest)
}

/** meta.k8s.io/v1 PartialObjectMetadata. */
export const bareMetadata = ({ metadata }: Pick<KubeObject, 'metadata'>, version = 'v1'): object => ({
  kind: 'PartialObjectMetadata',
  apiVersion: `meta.k8s.io/${version}`,
  metadata: inGoOrder(META, metadata),
})

export type IncludeObject = 'None' | 'Metadata' | 'Object'

function table(
  kind: KindDef,
  objects: readonly KubeObject[],
  metadata: object,
  options: { include: IncludeObject; now: number; version: string; columns: boolean },
): object {
  return {
    kind: 'Table',
    apiVersion: `meta.k8s.io/${options.version}`,
    metadata,
    columnDefinitions: options.columns ? columnDefinitions(kind) : null,
    // Kinds without columns of their own are printed by another hand, which has no rows where there are no objects.
    rows:
      !objects.length && kind.columns === plainColumns
        ? null
        : objects.map(object => ({
            cells: kind.columns.map(c => c.cell(object, options.now)),
            ...(options.include !== 'None' && {
              object:
                options.include === 'Object' ? ordered(kind, object) : bareMetadata(unmanaged(object), options.version),
            }),
          })),
  }
}

/** Working out who manages what takes longer than all the cells of a row. */
const unmanaged = ({ metadata: { managedFields: _, ...metadata } }: KubeObject): Pick<KubeObject, 'metadata'> => ({
  metadata,
})

export interface ListMeta {
  resourceVersion: string
  continue?: string
  remainingItemCount?: number
}

export interface Rendering {
  output: Output
  include: IncludeObject
  now: number
}

export function renderObject(kind: KindDef, object: KubeObject, r: Rendering, firstOfWatch = true): object {
  switch (r.output.form) {
    case 'table':
      return table(
        kind,
        [object],
        { resourceVersion: object.metadata.resourceVersion },
        { include: r.include, now: r.now, version: r.output.version, columns: firstOfWatch },
      )
    case 'metadata':
    case 'metadataList':
      return bareMetadata(object, r.output.version)
    default:
      return ordered(kind, object)
  }
}

/** A map as well, that never leaves out how to go on. */
const customList = (kind: KindDef, objects: readonly KubeObject[], metadata: ListMeta): object => ({
  apiVersion: apiVersionOf(kind),
  items: objects.map(object => ordered(kind, object)),
  kind: kind.listKind ?? `${kind.kind}List`,
  metadata: inMapOrder({ continue: '', ...metadata }),
})

export function renderList(kind: KindDef, objects: readonly KubeObject[], metadata: ListMeta, r: Rendering): object {
  switch (r.output.form) {
    case 'table':
      return table(kind, objects, metadata, {
        include: r.include,
        now: r.now,
        version: r.output.version,
        columns: true,
      })
    case 'metadata':
    case 'metadataList':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: `meta.k8s.io/${r.output.version}`,
        metadata,
        items: objects.length ? objects.map(o => bareMetadata(o, r.output.version)) : null,
      }
    default:
      if (kind.custom) return customList(kind, objects, metadata)
      return {
        kind: kind.listKind ?? `${kind.kind}List`,
        apiVersion: apiVersionOf(kind),
        metadata,
        items: objects.map(o => ordered(kind, o, false)),
      }
  }
}
