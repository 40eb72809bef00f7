/** kubectl rollout history. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import { typed } from '../../manifests/typed.ts'
import type { Obj } from '../../objects.ts'
import { shortName } from '../../print/done.ts'
import { objectPrinter } from '../../print/printer.ts'
import { align, DESCRIBE_TABS } from '../../print/tabwriter.ts'
import { type Info, visit } from '../../resources/resources.ts'
import { wantedOf } from './common.ts'
import { CHANGE_CAUSE, type Revision, revisionsOf } from './revisions.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const wanted = flags.num('revision')
  if (wanted < 0) throw new KubectlError(`revision must be a positive integer: ${wanted}`)
  const printer = await objectPrinter(k.io, flags, { keepOrder: 'typed' })
  await visit(k, wantedOf(k), async info => {
    const revisions = await revisionsOf(k, info, 'history viewer')
    if (flags.str('output') && printer) {
      for (const r of wanted ? revisions.filter(r => r.number === wanted) : revisions)
        await k.out(printer.print(asObject(info, r)))
      return
    }
    if (printer) return k.out(printer.print(typed(info.object)))
    await k.out(
      `${shortName(info.object)} ${wanted ? `with revision #${wanted}\n` : '\n'}${wanted ? await details(revisions, wanted) : table(revisions)}\n`,
    )
  })
}

const asObject = (info: Info, r: Revision): Obj =>
  info.mapping.kind === 'Deployment'
    ? typed({ apiVersion: 'apps/v1', kind: 'ReplicaSet', ...r.keeper })
    : typed({ ...info.object, spec: { ...info.object.spec, template: r.template } })

function table(revisions: readonly Revision[]): string {
  if (!revisions.length) return 'No rollout history found.\n'
  return align(
    `REVISION\tCHANGE-CAUSE\n${revisions.map(r => `${r.number}\t${r.cause || '<none>'}\n`).join('')}`,
    DESCRIBE_TABS,
  )
}

async function details(revisions: readonly Revision[], number: number): Promise<string> {
  const found = revisions.find(r => r.number === number)
  if (!found) throw new KubectlError('unable to find the specified revision')
  const { describePodTemplate } = await import('../../describe/pod-template.ts')
  const { Writer } = await import('../../describe/writer.ts')
  const template = {
    ...found.template,
    metadata: {
      ...found.template.metadata,
      annotations: { ...found.template.metadata?.annotations, ...(found.cause && { [CHANGE_CAUSE]: found.cause }) },
    },
  }
  const w = new Writer()
  describePodTemplate(w, template)
  return w.raw()
}
