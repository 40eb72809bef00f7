/** kubectl replace: puts whole objects in the place of those that are there. */

import { recorded } from '../changes/record.ts'
import { checkRaw, rawRequest } from '../client/rawhttp.ts'
import { notValidated } from '../client/unreachable.ts'
import { isNotFound, KubectlError, whenDoing } from '../errors.ts'
import { ConnectionError } from '../io.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { resultPrinter } from '../print/done.ts'
import { filenameOptions, type Info, visit } from '../resources/resources.ts'
import { LAST_APPLIED, withLastApplied } from './apply/annotation.ts'
import { removalOf, sayDeleted, waitForDeletion } from './delete.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const files = flags.list('filename')
  removalOf(k)
  const force = flags.bool('force')
  if (flags.num('grace-period') >= 0 && !force) throw new KubectlError('--grace-period must have --force specified')
  if (flags.num('timeout') !== 0 && !force) throw new KubectlError('--timeout must have --force specified')
  if (force && k.dryRun() !== 'none') throw new KubectlError('--dry-run can not be used when --force is set')
  if (!files.length && !flags.str('kustomize')) throw new KubectlError('must specify one of -f and -k')
  if (flags.str('raw')) {
    checkRaw(k)
    return rawRequest(k, 'PUT', files[0])
  }
  const wanted = {
    ...filenameOptions(flags),
    continueOnError: true,
    validate: k.validation() !== 'Ignore',
  }
  if (force) return forceReplace(k, wanted)
  const say = await resultPrinter(k)
  let count = 0
  await visit(k, wanted, async info => {
    count++
    const object = await remembering(k, info)
    if (k.dryRun() === 'client') return say(object, 'replaced')
    try {
      const client = await k.client()
      let draft = object
      if (!draft.metadata.resourceVersion) {
        // What is not there is sent as it is: whether that may be is the server's to say.
        const current = await client.get(info.mapping, info.namespace, info.name).catch(() => undefined)
        if (current)
          draft = { ...draft, metadata: { ...draft.metadata, resourceVersion: current.metadata.resourceVersion } }
      }
      const made = await client.replace(
        info.mapping,
        info.namespace,
        info.name,
        draft,
        k.writeQuery('kubectl-replace'),
        flags.str('subresource') || undefined,
      )
      await say(made, 'replaced')
    } catch (e) {
      throw e instanceof ConnectionError && wanted.validate
        ? await notValidated(info.source)(k, e)
        : whenDoing('replacing', info.source, e)
    }
  })
  if (!count) throw new KubectlError('no objects passed to replace')
}

/** An object that was applied keeps its memory up to date. */
async function remembering(k: Kubectl, info: Info): Promise<Obj> {
  if (k.flags.bool('save-config') || info.object.metadata?.annotations?.[LAST_APPLIED])
    return withLastApplied(recorded(k, info.object))
  return recorded(k, info.object)
}

async function forceReplace(k: Kubectl, wanted: Parameters<typeof visit>[1]): Promise<void> {
  const { flags } = k
  const dryRun = k.dryRun()
  if (dryRun !== 'none') throw new KubectlError('--dry-run can not be used when --force is set')
  const removal = { ...removalOf(k), grace: Math.max(0, flags.num('grace-period')), force: true }
  const given = flags.num('grace-period')
  const say = await resultPrinter(k)
  const client = await k.client()
  const targets: Info[] = []
  await visit(k, wanted, async info => {
    targets.push(info)
  })
  const gone: { info: Info; uid: string }[] = []
  for (const info of targets) {
    try {
      const result = await client.delete(info.mapping, info.namespace, info.name, {
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        propagationPolicy: removal.propagation,
        ...(given >= 0 && { gracePeriodSeconds: given }),
      })
      await sayDeleted(k, info, { grace: -1, nameOnly: false })
      gone.push({ info, uid: result.metadata?.uid ?? result.details?.uid ?? '' })
    } catch (e) {
      if (!isNotFound(e)) throw e
    }
  }
  await waitForDeletion(k, gone, flags.num('timeout'))
  for (const info of targets) {
    const made = await client.create(
      info.mapping,
      info.namespace,
      await remembering(k, info),
      k.writeQuery('kubectl-replace'),
    )
    await say(made, 'replaced')
  }
}
