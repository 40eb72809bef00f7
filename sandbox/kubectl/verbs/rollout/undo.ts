/** kubectl rollout undo: back to the template of an earlier revision. */
import { deepEqual } from '../../../api/formats/json.ts'
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { type ResultPrinter, resultPrinter } from '../../print/done.ts'
import { type Info, visit } from '../../resources/resources.ts'
import { wantedOf } from './common.ts'
import { type Revision, revisionsOf } from './revisions.ts'

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const to = flags.num('to-revision')
  k.dryRun()
  await visit(k, wantedOf(k), async info => {
    const m = info.mapping
    const revisions = await revisionsOf(k, info, 'rollbacker')
    const target = find(info, revisions, to)
    const say = await resultPrinter(k, 'typed')
    if (m.kind === 'Deployment') await undoDeployment(k, info, target, say)
    else await undoOther(k, info, target, say)
  })
}

function find(info: Info, revisions: readonly Revision[], to: number): Revision {
  const kind = info.mapping.kind.toLowerCase()
  const found = to ? revisions.find(r => r.number === to) : revisions.at(-2)
  if (found) return found
  if (to) throw new KubectlError(`unable to find specified revision ${to} in history`)
  throw new KubectlError(
    info.mapping.kind === 'Deployment'
      ? `no rollout history found for ${kind} ${JSON.stringify(info.name)}`
      : 'no last revision to roll back to',
  )
}

/** What a rollback would lead to. */
async function preview(k: Kubectl, info: Info, template: Obj, words = ''): Promise<void> {
  const { Writer } = await import('../../describe/writer.ts')
  const { describePodTemplate } = await import('../../describe/pod-template.ts')
  const w = new Writer()
  describePodTemplate(w, template)
  await (await resultPrinter(k))(info.object, words + w.raw())
}

async function undoDeployment(k: Kubectl, info: Info, target: Revision, say: ResultPrinter): Promise<void> {
  const deployment = info.object
  if (k.dryRun() === 'client') return preview(k, info, target.template)
  if (deployment.spec.paused)
    throw new KubectlError(
      "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
    )
  const { 'pod-template-hash': _hash, ...labels } = target.template.metadata.labels
  const template: Obj = { ...target.template, metadata: { ...target.template.metadata, labels } }
  if (deepEqual(template, deployment.spec.template)) {
    await k.out(
      `deployment.apps/${info.name} skipped rollback (current template already matches revision ${target.number})\n`,
    )
    return
  }
  const skip = new Set([
    'kubectl.kubernetes.io/last-applied-configuration',
    'deployment.kubernetes.io/revision',
    'deployment.kubernetes.io/revision-history',
    'deployment.kubernetes.io/desired-replicas',
    'deployment.kubernetes.io/max-replicas',
    'deprecated.deployment.rollback.to',
  ])
  const annotations: Record<string, string> = {}
  for (const [key, value] of Object.entries<string>(deployment.metadata.annotations ?? {}))
    if (skip.has(key)) annotations[key] = value
  for (const [key, value] of Object.entries<string>(target.keeper.metadata.annotations ?? {}))
    if (!skip.has(key)) annotations[key] = value
  const client = await k.client()
  const patch = [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: annotations },
  ]
  const changed = await client.patch(info.mapping, info.namespace, info.name, 'json', patch, {
    dryRun: k.dryRun() === 'server' ? 'All' : undefined,
  })
  await say(changed, 'rolled back')
}

async function undoOther(k: Kubectl, info: Info, target: Revision, say: ResultPrinter): Promise<void> {
  if (k.dryRun() === 'client') return preview(k, info, target.template, 'will roll back to ')
  if (deepEqual(target.template, info.object.spec.template)) {
    await k.out(
      `${info.mapping.kind.toLowerCase()}.${info.mapping.group}/${info.name} skipped rollback (current template already matches revision ${target.number})\n`,
    )
    return
  }
  const changed = await (await k.client()).patch(
    info.mapping,
    info.namespace,
    info.name,
    'strategic',
    target.keeper.data,
    { dryRun: k.dryRun() === 'server' ? 'All' : undefined },
  )
  await say(changed, 'rolled back')
}
