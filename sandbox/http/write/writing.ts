/** POST, PUT and PATCH of objects. */

import { ADMIN } from '../../api/authentication/user.ts'
import { isReview, review } from '../../api/authorization/reviews.ts'
import { ownNamespace, refuseOtherName } from '../../api/kept.ts'
import { type Draft, resourceOf } from '../../api/kind.ts'
import type { RequestOptions } from '../../api/requests/options.ts'
import { bindPod } from '../../api/subresources/binding.ts'
import type { KubeObject } from '../../api/types.ts'
import { attributesOf, authorize } from '../authorization/authorization.ts'
import { decodeBody } from '../body/body.ts'
import { answer, type Context, object } from '../context.ts'
import { negotiate } from '../encoding/negotiate.ts'
import { fromHeld, type Target, toHeld } from '../encoding/versions.ts'
import { ordered } from '../encoding/wire.ts'
import type { ApiResponse } from '../exchange.ts'
import { apply, isApply } from './applying.ts'
import { patchChange } from './patching.ts'
import { writing } from './write-options.ts'

export function create(context: Context, target: Target): ApiResponse {
  const { server, request, warn } = context
  const { options, validation } = writing(context, 'CreateOptions')
  const draft = decodeBody(target.kind, request.body, request.headers['content-type'], {
    validation,
    warn,
    registry: server.registry,
  })
  if (isReview(target.kind)) {
    const { yaml } = negotiate(request.headers.accept, { convertible: false })
    const answered = review(server, target.kind, target.namespace, draft, options)
    return answer(ordered(target.kind, answered), yaml, 201)
  }
  if (resourceOf(target.kind) === 'bindings')
    return createBinding(context, target, draft.metadata?.name ?? '', draft, options)
  const made = server.outside.once('the request', () =>
    server.create(target.held, target.namespace, toHeld(target, draft), options),
  )
  return object(context, target, made, 201)
}

export function update(context: Context, target: Target): ApiResponse {
  const { server, request, warn } = context
  const { options, validation } = writing(context, 'UpdateOptions')
  const draft = decodeBody(target.kind, request.body, request.headers['content-type'], {
    validation,
    warn,
    registry: server.registry,
  })
  const { held, namespace, name } = target
  ownNamespace(target.kind, namespace, (draft.metadata ??= {}))
  refuseOtherName(draft, name)
  const written = server.outside.once('the request', () => {
    const isNew = Boolean(target.kind.createOnUpdate) && !server.find(held, namespace, name)
    const made = isNew ? make(context, target, draft, options) : undefined
    return { isNew, object: made ?? server.update(held, namespace, name, () => toHeld(target, draft), options) }
  })
  return object(context, target, written.object, written.isNew ? 201 : 200)
}

/** A PUT that creates needs the right to create. @throws Forbidden */
function make({ server }: Context, target: Target, draft: Draft, options: RequestOptions): KubeObject {
  const { held, kind, namespace } = target
  authorize(server, options.user ?? ADMIN, attributesOf(target, 'create', kind.namespaced))
  const { resourceVersion: _none, ...metadata } = draft.metadata ?? {}
  return server.create(held, namespace, toHeld(target, { ...draft, metadata }), options)
}

export function patch(context: Context, target: Target): ApiResponse {
  const { server } = context
  if (isApply(context)) return apply(context, target)
  const { options, validation } = writing(context, 'PatchOptions')
  const change = patchChange(context, target.kind, validation)
  return object(
    context,
    target,
    server.outside.once('the request', () =>
      server.update(target.held, target.namespace, target.name, old => toHeld(target, change(fromHeld(target, old))), {
        ...options,
        patch: true,
      }),
    ),
  )
}

export function createBinding(
  { server }: Context,
  { namespace }: Target,
  name: string,
  draft: Draft,
  options: RequestOptions,
): ApiResponse {
  bindPod(server, namespace, name, draft, options)
  return created()
}

export const created = (): ApiResponse =>
  answer({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }, false, 201)
