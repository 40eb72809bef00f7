/** kubectl scale. */

import { recording, recordPatch } from '../changes/record.ts'
import { isConflict, KubectlError, throwAll } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { resultPrinter } from '../print/done.ts'
import { filenameOptions, type Info, infos } from '../resources/resources.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const replicas = flags.num('replicas')
  const expected = flags.num('current-replicas')
  if (replicas < 0)
    throw new KubectlError('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0')
  if (expected < -1) throw new KubectlError('The --current-replicas must specify an integer of -1 or greater')
  const say = await resultPrinter(k)
  const found = await infos(k, {
    args: k.args,
    ...filenameOptions(flags),
    selector: flags.str('selector'),
    allowEmptySelector: flags.bool('all'),
    continueOnError: true,
    latest: false,
  })
  if (!found.infos.length) {
    const words = found.errors.map(e => e.message)
    throw new KubectlError(
      words.length
        ? `no objects passed to scale ${words.length > 1 ? `[${words.join(', ')}]` : words[0]}`
        : 'no objects passed to scale',
    )
  }
  if (flags.str('resource-version') && found.infos.length > 1)
    throw new KubectlError('cannot use --resource-version with multiple resources')
  for (const info of found.infos) {
    if (k.dryRun() === 'client') {
      await say(info.object, 'scaled')
      continue
    }
    await scaleTo(k, info, replicas, expected, flags.str('resource-version'))
    if (recording(k) && k.dryRun() === 'none')
      await (await k.client()).patch(info.mapping, info.namespace, info.name, 'merge', recordPatch(k))
    if (flags.num('timeout') > 0) await waitForReplicas(k, info, replicas, flags.num('timeout'))
    await say({ ...info.object, kind: info.mapping.kind }, 'scaled')
  }
  throwAll(found.errors)
}

async function scaleTo(k: Kubectl, info: Info, replicas: number, expected: number, version: string): Promise<void> {
  const client = await k.client()
  const query = k.writeQuery('kubectl-scale')
  if (expected < 0 && !version) {
    await client.patch(info.mapping, info.namespace, info.name, 'merge', { spec: { replicas } }, query, 'scale')
    return
  }
  const { mapping, namespace, name } = info
  for (;;) {
    const scale = await client.get(mapping, namespace, name, { subresource: 'scale' })
    const current = scale.spec?.replicas ?? 0
    if (expected >= 0 && current !== expected)
      throw new KubectlError(`Expected replicas to be ${expected}, was ${current}`)
    if (version && scale.metadata.resourceVersion !== version)
      throw new KubectlError(`Expected resource version to be ${version}, was ${scale.metadata.resourceVersion}`)
    try {
      await client.replace(mapping, namespace, name, { ...scale, spec: { ...scale.spec, replicas } }, query, 'scale')
      return
    } catch (e) {
      // Somebody else has changed it in between: looked at again.
      if (!isConflict(e) || version) throw e
    }
  }
}

async function waitForReplicas(k: Kubectl, info: Info, replicas: number, timeoutMs: number): Promise<void> {
  const client = await k.client()
  const deadline = k.now() + timeoutMs
  for (;;) {
    const scale = await client.get(info.mapping, info.namespace, info.name, { subresource: 'scale' })
    if ((scale.status?.replicas ?? 0) === replicas) return
    if (k.now() >= deadline) throw new KubectlError(`timed out waiting for ${JSON.stringify(info.name)} to be synced`)
    await k.io.sleep(1000)
  }
}
