/** kubectl create -f: objects made from files. */
import { KubectlError, whenDoing } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { sayDone } from '../../print/done.ts'
import { visit } from '../../resources.ts'
import { withLastApplied } from '../apply/annotation.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const files = flags.list('filename')
  if (!files.length && !flags.str('kustomize')) {
    if (k.args.length) k.usage(`Unexpected args: [${k.args.join(' ')}]`)
    throw new KubectlError('must specify one of -f and -k')
  }
  if (k.args.length) k.usage(`Unexpected args: [${k.args.join(' ')}]`)
  if (flags.bool('edit')) throw new KubectlError('not simulated: create --edit; create the object and then edit it')
  if (flags.str('raw')) return raw(k, files)
  const say = await sayDone(k)
  const dryRun = k.dryRun()
  let count = 0
  const validation = k.validation()
  await visit(
    k,
    {
      filenames: files,
      kustomize: flags.str('kustomize'),
      recursive: flags.bool('recursive'),
      selector: flags.str('selector'),
      continueOnError: true,
      validate: validation !== 'Ignore',
    },
    async info => {
      count++
      const object = flags.bool('save-config') ? withLastApplied(info.object) : info.object
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
        throw whenDoing('creating', info.source, e)
      }
    },
  )
  if (!count) throw new KubectlError('no objects passed to create')
}

async function raw(k: Kubectl, files: readonly string[]): Promise<void> {
  if (files.length !== 1) k.usage('--raw can only use a single local file or stdin')
  const { readAll } = await import('../../manifests.ts')
  const body = files[0] === '-' ? await readAll(k.io) : await k.io.files.read(files[0]!)
  if (body === undefined) throw new KubectlError(`open ${files[0]}: no such file or directory`)
  const response = await (await k.client()).call('POST', k.flags.str('raw'), { body })
  await k.out(await response.text())
}
