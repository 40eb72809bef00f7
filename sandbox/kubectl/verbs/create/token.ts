/** kubectl create token. */
import { resourcePath } from '../../client/client.ts'
import { notPosted } from '../../client/unreachable.ts'
import { ApiError, KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { objectPrinter } from '../../print/printer.ts'
import { oneName } from './generate.ts'

const SERVICE_ACCOUNTS = { group: '', version: 'v1', plural: 'serviceaccounts', namespaced: true }
const BOUND_KINDS: Readonly<Record<string, string>> = { Node: 'v1', Pod: 'v1', Secret: 'v1' }

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const name = await oneName(k)
  const duration = flags.num('duration')
  if (duration < 0) throw new KubectlError('--duration must be greater than or equal to 0')
  if (duration % 1000) throw new KubectlError('--duration cannot be expressed in units less than seconds')
  const audiences = flags.list('audience')
  if (audiences.includes('')) throw new KubectlError('--audience must not be an empty string')
  const kind = flags.str('bound-object-kind')
  if (!kind && flags.str('bound-object-name'))
    throw new KubectlError('--bound-object-name can only be set if --bound-object-kind is provided')
  if (!kind && flags.str('bound-object-uid'))
    throw new KubectlError('--bound-object-uid can only be set if --bound-object-kind is provided')
  if (kind && !(kind in BOUND_KINDS))
    throw new KubectlError(`supported --bound-object-kind values are ${Object.keys(BOUND_KINDS).join(', ')}`)
  if (kind && !flags.str('bound-object-name'))
    throw new KubectlError('--bound-object-name is required if --bound-object-kind is provided')
  const path = resourcePath(SERVICE_ACCOUNTS, await k.namespace(), name, 'token')
  try {
    const made = await (await k.client()).json('POST', path, {
      body: {
        kind: 'TokenRequest',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: { creationTimestamp: null },
        spec: {
          audiences: audiences.length ? audiences : null,
          expirationSeconds: duration ? Math.floor(duration / 1000) : null,
          boundObjectRef: kind
            ? {
                kind,
                apiVersion: BOUND_KINDS[kind],
                name: flags.str('bound-object-name'),
                ...(flags.str('bound-object-uid') && { uid: flags.str('bound-object-uid') }),
              }
            : null,
        },
      },
    })
    const printer = flags.str('output') ? await objectPrinter(k.io, flags, { keepOrder: 'typed' }) : undefined
    await k.out(printer ? printer.print(made) : made.status.token)
  } catch (e) {
    const failed = 'failed to create token:'
    throw e instanceof ApiError ? new KubectlError(`${failed} ${e.message}`) : await notPosted(failed, path)(k, e)
  }
}
