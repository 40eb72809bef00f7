/** kubectl apply edit-last-applied. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { toYaml } from '../../print/yaml.ts'
import { infos } from '../../resources.ts'
import { configuration, LAST_APPLIED, lastApplied } from './annotation.ts'

export async function run(k: Kubectl): Promise<void> {
  const found = await infos(k, { args: k.args, filenames: k.flags.list('filename'), latest: true })
  const client = await k.client()
  for (const info of found.infos) {
    const last = lastApplied(info.object)
    if (!last)
      throw new KubectlError(
        `no last-applied-configuration annotation found on resources, to create the annotation, use command \`kubectl apply set-last-applied --create-annotation\``,
      )
    const before = toYaml(last)
    const after = await k.io.edit(`${k.io.env.TMPDIR ?? '/tmp'}/kubectl-edit-${k.io.random(10)}.yaml`, before)
    if (after === null || after === before) {
      await k.err('Edit cancelled, no changes made.\n')
      continue
    }
    const { documents } = await import('../../manifests.ts')
    const [document] = await documents(after)
    if (!document || 'error' in document)
      throw new KubectlError(
        `The edited file had a syntax error: ${document && 'error' in document ? document.error : 'no object'}`,
      )
    await client.patch(
      info.mapping,
      info.namespace,
      info.name,
      'merge',
      { metadata: { annotations: { [LAST_APPLIED]: configuration(document.object) } } },
      k.writeQuery('kubectl-edit'),
    )
    await k.out(
      `${info.mapping.kind.toLowerCase()}${info.mapping.group ? `.${info.mapping.group}` : ''}/${info.name} edited\n`,
    )
  }
}
