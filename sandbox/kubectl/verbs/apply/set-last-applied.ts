/** kubectl apply set-last-applied: the annotation made to say what a file says, and nothing else changed. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { resultPrinter } from '../../print/done.ts'
import { type Info, MISSING_RESOURCE, visit } from '../../resources/resources.ts'
import { LAST_APPLIED, plainConfiguration } from './annotation.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const filenames = flags.list('filename')
  if (!filenames.length) throw new KubectlError(MISSING_RESOURCE)
  await k.namespace()
  const client = await k.client()
  const say = await resultPrinter(k)
  const changes: { info: Info; annotation: string; current: Info['object'] }[] = []
  await visit(k, { filenames }, async info => {
    const current = await client.getInNamespace(info.mapping, info.namespace, info.name)
    const annotation = plainConfiguration(info.object)
    const had: string | undefined = current.metadata.annotations?.[LAST_APPLIED]
    if (had === undefined && !flags.bool('create-annotation'))
      throw new KubectlError(
        `no last-applied-configuration annotation found on resource: ${info.name}, to create the annotation, run the command with --create-annotation`,
      )
    if (had?.trim() === annotation.trim()) await k.out(`set-last-applied ${info.name}: no changes required.\n`)
    else changes.push({ info, annotation, current })
  })
  for (const { info, annotation, current } of changes) {
    if (k.dryRun() === 'client') {
      await say(current, 'configured')
      continue
    }
    const { mapping, namespace, name } = info
    const patch = { metadata: { annotations: { [LAST_APPLIED]: annotation } } }
    await say(
      await client.patch(mapping, namespace, name, 'merge', patch, k.writeQuery('kubectl-last-applied')),
      'configured',
    )
  }
}
