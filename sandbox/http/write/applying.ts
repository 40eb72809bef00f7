/** Server-side apply of objects and their subresources. */

import { applyConfiguration } from '../../api/apply/apply.ts'
import { applyScale } from '../../api/apply/apply-scale.ts'
import { OF_SCALE, withManagers } from '../../api/apply/scale-managers.ts'
import { refuseOtherName } from '../../api/kept.ts'
import type { Draft } from '../../api/kind.ts'
import { flag } from '../../api/requests/query.ts'
import { conflict } from '../../api/status.ts'
import { updateSubresource } from '../../api/subresources/index.ts'
import type { KubeObject } from '../../api/types.ts'
import { readApplied } from '../body/applied.ts'
import { mediaType } from '../body/body.ts'
import { scale } from '../body/body-only-kinds.ts'
import { type Context, object } from '../context.ts'
import { fromHeld, type Target, toHeld } from '../encoding/versions.ts'
import type { ApiResponse } from '../exchange.ts'
import { APPLY_PATCH } from './patching.ts'
import { writing } from './write-options.ts'

export const isApply = ({ request }: Context): boolean => mediaType(request.headers['content-type']) === APPLY_PATCH

/** What is applied, and how. @throws BadRequest, Invalid */
function applying(context: Context, { kind, subresource }: Target) {
  const { server, request, query, warn } = context
  const { options, validation } = writing(context, 'PatchOptions', true)
  const wanted = readApplied(kind, request.body, { validation, warn })
  const how = {
    manager: options.fieldManager ?? '',
    force: flag(query, 'force'),
    now: server.clock.timestamp(),
    ...(subresource && { subresource }),
  }
  return { wanted, how, as: { ...options, applied: true, patch: true } }
}

export function apply(context: Context, target: Target): ApiResponse {
  const { server } = context
  const { wanted, how, as } = applying(context, target)
  const { namespace, name, held, kind } = target
  const make = (): KubeObject => {
    if (wanted.metadata?.uid) {
      throw conflict(
        kind,
        name,
        `uid mismatch: the provided object specified uid ${wanted.metadata.uid}, and no existing object was found`,
      )
    }
    refuseOtherName(wanted, name)
    const made = applyConfiguration(kind, undefined, wanted, how)
    return server.create(held, namespace, toHeld(target, made), as)
  }
  const change = (old: KubeObject): Draft =>
    toHeld(target, applyConfiguration(kind, fromHeld(target, old), wanted, how))
  const written = server.outside.once('the request', () => {
    const isNew = !server.find(held, namespace, name)
    return { isNew, object: isNew ? make() : server.update(held, namespace, name, change, as) }
  })
  return object(context, target, written.object, written.isNew ? 201 : 200)
}

/** Applying a subresource does not create the object. */
export function applySubresource(context: Context, target: Target): ApiResponse {
  const { server } = context
  const { wanted, how, as } = applying(context, target)
  const { namespace, name, held, kind, subresource } = target
  const change = (old: KubeObject): Draft =>
    toHeld(target, applyConfiguration(kind, fromHeld(target, old), wanted, how))
  const result = server.outside.once('the request', () =>
    updateSubresource(server, held, namespace, name, subresource, change, as),
  )
  return object(context, target, result as KubeObject)
}

export function applyToScale(context: Context, target: Target): ApiResponse {
  const { server, request, query, warn } = context
  const { options, validation } = writing(context, 'PatchOptions', true)
  const wanted = readApplied(scale, request.body, { validation, warn })
  const { namespace, name, held } = target
  const how = {
    manager: options.fieldManager ?? '',
    force: flag(query, 'force'),
    now: server.clock.timestamp(),
    subresource: 'scale',
    view: OF_SCALE,
  }
  const result = server.outside.once('the request', () =>
    applyScale(server, held, namespace, name, wanted, how, { ...options, applied: true }),
  )
  return object(context, target, withManagers(held, result) as KubeObject)
}
