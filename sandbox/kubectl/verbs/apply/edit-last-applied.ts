/** kubectl apply edit-last-applied: the annotation in the editor. */
import { deepEqual } from '../../../api/formats/json.ts'
import { edit } from '../../changes/editing.ts'
import { KubectlError, throwAll } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { resultPrinter } from '../../print/done.ts'
import { filenameOptions, infos } from '../../resources/resources.ts'
import { LAST_APPLIED, lastApplied, plainConfiguration } from './annotation.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const found = await infos(k, {
    args: k.args,
    ...filenameOptions(flags),
    allowEmptySelector: true,
    continueOnError: true,
    latest: true,
  })
  throwAll(found.errors)
  const applied = found.infos.flatMap(info => {
    const last = lastApplied(info.object)
    return last ? [{ ...info, object: last }] : []
  })
  if (!applied.length)
    throw new KubectlError(
      'no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`',
    )
  const say = await resultPrinter(k)
  await edit(k, {
    infos: applied,
    about: 'last-applied',
    async take(edited) {
      for (const info of edited) {
        if (applied.some(a => a.name === info.name && deepEqual(a.object, info.object))) {
          await say(info.object, 'skipped')
          continue
        }
        await (await k.client()).patch(
          info.mapping,
          info.namespace || (info.mapping.namespaced ? await k.namespace() : ''),
          info.name,
          'merge',
          { metadata: { annotations: { [LAST_APPLIED]: plainConfiguration(info.object) } } },
          k.writeQuery('kubectl-edit'),
        )
        await say(info.object, 'edited')
      }
      return { complaints: [] }
    },
  })
}
