/** kubectl apply set-last-applied. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { sayDone } from '../../print/done.ts'
import { visit } from '../../resources.ts'
import { configuration, LAST_APPLIED } from './annotation.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const say = await sayDone(k)
  await visit(k, { filenames: flags.list('filename') }, async info => {
    const client = await k.client()
    const current = await client.get(info.mapping, info.namespace, info.name)
    const annotation = configuration(info.object)
    const had = current.metadata.annotations?.[LAST_APPLIED]
    if (had === undefined && !flags.bool('create-annotation'))
      throw new KubectlError(
        `no last-applied-configuration annotation found on resource: ${info.name}, to create the annotation, run the command with --create-annotation`,
      )
    if (k.dryRun() === 'client' || had === annotation) return say(info.object, 'configured')
    const patched = await client.patch(
      info.mapping,
      info.namespace,
      info.name,
      'merge',
      { metadata: { annotations: { [LAST_APPLIED]: annotation } } },
      k.writeQuery('kubectl-last-applied'),
    )
    await say(patched, 'configured')
  })
}
