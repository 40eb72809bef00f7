/** kubectl auth: what one may do, and who one is. */

import { policyLines } from '../describe/rbac.ts'
import { ApiError, Exit, isNotFound, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import { type Obj, sortedKeys } from '../objects.ts'
import { objectPrinter } from '../print/printer.ts'
import { align, TABLE_TABS } from '../print/tabwriter.ts'

const VERBS = new Set(
  'get list watch create update patch delete deletecollection use bind escalate impersonate * approve sign attest'.split(
    ' ',
  ),
)
/** Rules speak of them, although nobody serves them. */
const NO_RESOURCES = new Set(['users', 'groups'])
const URL_VERBS = new Set('get put post head options delete patch *'.split(' '))

export async function canI(k: Kubectl): Promise<number> {
  const { flags } = k
  if (flags.bool('list')) {
    if (k.args.length) throw new KubectlError('list option must be specified with no arguments')
    await k.client()
    if (flags.bool('quiet') || flags.bool('all-namespaces') || flags.str('subresource'))
      throw new KubectlError(
        "list option can't be specified with neither quiet, all-namespaces nor subresource options",
      )
    await list(k)
    return 0
  }
  if (flags.bool('no-headers')) throw new KubectlError('--no-headers cannot be set without --list specified')
  const [verb, target] = k.args
  if (k.args.length !== 2)
    throw new KubectlError(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    )
  await k.client()
  if (!(target!.startsWith('/') ? URL_VERBS : VERBS).has(verb!))
    await k.err(`Warning: verb '${verb}' is not a known verb\n\n`)
  if (target!.startsWith('/') && flags.str('subresource'))
    throw new KubectlError('--subresource can not be used with NonResourceURL')
  const attributes = target!.startsWith('/')
    ? { nonResourceAttributes: { path: target, verb } }
    : { resourceAttributes: await resourceAttributes(k, verb!, target!) }
  const review = await (await k.client()).json('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    body: {
      kind: 'SelfSubjectAccessReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: { creationTimestamp: null },
      spec: attributes,
    },
  })
  const { allowed, reason, evaluationError } = review.status
  if (!flags.bool('quiet')) {
    let text = allowed ? 'yes' : 'no'
    if (!allowed && reason) text += ` - ${reason}`
    if (evaluationError) text += ` - ${evaluationError}`
    await k.out(`${text}\n`)
  }
  if (!allowed) throw new Exit(1)
  return 0
}

/** The ResourceAttributes of TYPE or TYPE/NAME, with a warning where the server has no such resource or it has no namespace. */
async function resourceAttributes(k: Kubectl, verb: string, target: string): Promise<Obj> {
  const all = k.flags.bool('all-namespaces')
  const [word, name = ''] = target.split('/') as [string, string?]
  const resource = word === '*' ? { group: '*', plural: '*', namespaced: true } : await resourceOf(k, word)
  const namespace = all ? '' : await k.namespace()
  if (!resource.namespaced && !all)
    await k.err(
      `Warning: resource '${resource.plural}' is not namespace scoped${resource.group ? ` in group '${resource.group}'` : ''}\n\n`,
    )
  return {
    namespace,
    verb,
    group: resource.group,
    resource: resource.plural,
    subresource: k.flags.str('subresource'),
    name,
  }
}

/** What is asked about need not exist: rules may name resources that nobody serves. */
async function resourceOf(k: Kubectl, word: string): Promise<{ group: string; plural: string; namespaced: boolean }> {
  try {
    return await k.resource(word, 2)
  } catch {
    const dot = word.indexOf('.')
    const plural = dot < 0 ? word : word.slice(0, dot)
    const group = dot < 0 ? '' : word.slice(dot + 1)
    if (!NO_RESOURCES.has(word))
      await k.err(
        `Warning: the server doesn't have a resource type '${plural}'${group ? ` in group '${group}'` : ''}\n\n`,
      )
    return { group, plural, namespaced: true }
  }
}

async function list(k: Kubectl): Promise<void> {
  const review = await (await k.client()).json('POST', '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
    body: {
      kind: 'SelfSubjectRulesReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: { creationTimestamp: null },
      spec: { namespace: await k.namespace() },
    },
  })
  const { resourceRules = [], nonResourceRules = [] } = review.status
  const lines = policyLines([...resourceRules, ...nonResourceRules.map((r: Obj) => ({ ...r }))])
  const header = k.flags.bool('no-headers') ? '' : 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n'
  await k.out(
    align(
      header + lines.map(l => `${l.resource}\t[${l.url}]\t[${l.name}]\t[${l.verbs.join(' ')}]\n`).join(''),
      TABLE_TABS,
    ),
  )
}

export async function whoami(k: Kubectl): Promise<void> {
  let review: Obj
  try {
    review = await (await k.client()).json('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {
      body: {
        kind: 'SelfSubjectReview',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: { creationTimestamp: null },
        status: { userInfo: {} },
      },
    })
  } catch (e) {
    if (e instanceof ApiError && isNotFound(e))
      throw new KubectlError('the selfsubjectreviews API is not enabled in the cluster')
    throw e
  }
  const printer = k.flags.str('output') ? await objectPrinter(k.io, k.flags, { keepOrder: 'typed' }) : undefined
  if (printer) {
    await k.out(printer.print(review))
    return
  }
  const { username, uid, groups = [], extra } = review.status.userInfo
  const rows = [
    ['ATTRIBUTE', 'VALUE'],
    ...(username ? [['Username', username]] : []),
    ...(uid ? [['UID', uid]] : []),
    ...(groups.length ? [['Groups', `[${groups.join(' ')}]`]] : []),
  ]
  for (const key of sortedKeys(extra)) rows.push([`Extra: ${key}`, `[${extra[key].join(' ')}]`])
  await k.out(align(rows.map(r => `${r.join('\t')}\n`).join(''), TABLE_TABS))
}
