/** kubectl create -f: objects made from files. */

import { recorded } from '../../changes/record.ts'
import { checkRaw, rawRequest } from '../../client/rawhttp.ts'
import { notValidated } from '../../client/unreachable.ts'
import { KubectlError, whenDoing } from '../../errors.ts'
import { ConnectionError } from '../../io.ts'
import type { Kubectl } from '../../kubectl.ts'
import { resultPrinter } from '../../print/done.ts'
import { filenameOptions, visit } from '../../resources/resources.ts'
import { withLastApplied } from '../apply/annotation.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const files = flags.list('filename')
  if (!files.length && !flags.str('kustomize')) {
    if (k.args.length) k.usage(`Unexpected args: [${k.args.join(' ')}]`)
    throw new KubectlError('must specify one of -f and -k')
  }
  if (k.args.length) k.usage(`Unexpected args: [${k.args.join(' ')}]`)
  if (flags.str('raw')) {
    checkRaw(k)
    return rawRequest(k, 'POST', files[0])
  }
  if (flags.bool('edit')) return editFirst(k)
  const say = await resultPrinter(k)
  const dryRun = k.dryRun()
  let count = 0
  const validate = k.validation() !== 'Ignore'
  await visit(
    k,
    {
      ...filenameOptions(flags),
      selector: flags.str('selector'),
      continueOnError: true,
      validate,
    },
    async info => {
      count++
      const noted = recorded(k, info.object)
      const object = flags.bool('save-config') ? withLastApplied(noted) : noted
      if (dryRun === 'client') return say(object, 'created')
      try {
        const made = await (await k.client()).create(
          info.mapping,
          info.namespace,
          object,
          k.writeQuery('kubectl-create'),
        )
        await say(made, 'created')
      } catch (e) {
        throw e instanceof ConnectionError && validate
          ? await notValidated(info.source)(k, e)
          : whenDoing('creating', info.source, e)
      }
    },
  )
  if (!count) throw new KubectlError('no objects passed to create')
}

/** Each object passes through the editor on its way. */
async function editFirst(k: Kubectl): Promise<void> {
  const { flags } = k
  const { edit } = await import('../../changes/editing.ts')
  const say = await resultPrinter(k)
  await visit(
    k,
    {
      ...filenameOptions(flags),
      continueOnError: true,
    },
    info =>
      edit(k, {
        infos: [info],
        async take(edited) {
          for (const { mapping, namespace, object } of edited) {
            const draft = recorded(k, flags.bool('save-config') ? withLastApplied(object) : object)
            const made = await (await k.client()).create(mapping, namespace, draft, k.writeQuery('kubectl-create'))
            await say(made, 'created')
          }
          return { complaints: [] }
        },
      }),
  )
}
