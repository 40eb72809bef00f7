/** kubectl expose: a Service for what a workload, Pod or Service already says of itself. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { applyMergePatch } from '../patch/merge-patch.ts'
import { sayDone } from '../print/done.ts'
import { visit } from '../resources.ts'
import { podSpecOf } from '../selectors.ts'
import { withLastApplied } from './apply/annotation.ts'
import { ordered } from './create/order.ts'

const EXPOSABLE = new Set(['ReplicationController', 'Service', 'Pod', 'Deployment', 'ReplicaSet'])

function selectorOf(object: Obj): Record<string, string> {
  switch (object.kind) {
    case 'ReplicationController':
    case 'Service':
      if (object.kind === 'Service' && !Object.keys(object.spec.selector ?? {}).length)
        throw new KubectlError(
          "couldn't retrieve selectors via --selector flag or introspection: the service has no pod selector set",
        )
      return object.spec.selector
    case 'Pod':
      if (!Object.keys(object.metadata.labels ?? {}).length)
        throw new KubectlError(
          "couldn't retrieve selectors via --selector flag or introspection: the pod has no labels and cannot be exposed",
        )
      return object.metadata.labels
    default:
      if (object.spec.selector?.matchExpressions?.length)
        throw new KubectlError(
          "couldn't retrieve selectors via --selector flag or introspection: couldn't convert expressions - \"[{" +
            object.spec.selector.matchExpressions
              .map((e: Obj) => `${e.key} ${e.operator} [${(e.values ?? []).join(' ')}]`)
              .join(' ') +
            '}]" to map-based selector format',
        )
      return object.spec.selector?.matchLabels ?? {}
  }
}

interface Port {
  port: number
  protocol: string
}

function portsOf(object: Obj): Port[] {
  const list: Obj[] =
    object.kind === 'Service'
      ? object.spec.ports
      : [
          ...(podSpecOf(object)?.containers ?? []),
          ...(podSpecOf(object)?.initContainers ?? []).filter((c: Obj) => c.restartPolicy === 'Always'),
        ].flatMap((c: Obj) => c.ports ?? [])
  return list.map(p => ({ port: p.containerPort ?? p.port, protocol: p.protocol ?? 'TCP' }))
}

const labelsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(',').map(pair => {
      const parts = pair.split('=')
      if (parts.length !== 2 || !parts[0]) throw new KubectlError(`unexpected label spec: ${pair}`)
      return parts as [string, string]
    }),
  )

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const say = await sayDone(k, true)
  await visit(
    k,
    {
      args: k.args,
      filenames: flags.list('filename'),
      kustomize: flags.str('kustomize'),
      recursive: flags.bool('recursive'),
      continueOnError: true,
    },
    async info => {
      const m = info.mapping
      if (!EXPOSABLE.has(m.kind)) throw new KubectlError(`cannot expose a ${m.kind}${m.group ? `.${m.group}` : ''}`)
      const service = await serviceFor(k, info.name, info.object)
      if (k.dryRun() === 'client') return say(service, 'exposed')
      const mapping = (await k.discovery()).kind('v1', 'Service')
      const made = await (await k.client()).create(
        mapping,
        await k.namespace(),
        flags.bool('save-config') ? withLastApplied(service) : service,
        k.writeQuery('kubectl-expose'),
      )
      await say(made, 'exposed')
    },
  )
}

async function serviceFor(k: Kubectl, name: string, object: Obj): Promise<Obj> {
  const { flags } = k
  const selector = flags.str('selector') ? labelsOf(flags.str('selector')) : selectorOf(object)
  const clusterIP = flags.str('cluster-ip')
  const found = portsOf(object)
  const given = flags.str('port')
  const numbers = given ? given.split(',').map(Number) : found.map(p => p.port)
  if (given && numbers.some(n => !Number.isInteger(n)))
    throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(given)}: invalid syntax`)
  if (!numbers.length && clusterIP !== 'None')
    throw new KubectlError("couldn't find port via --port flag or introspection")
  const protocol = flags.str('protocol')
  const target = flags.str('target-port')
  const targetPort = target ? (/^\d+$/.test(target) ? Number(target) : target) : undefined
  const ports = numbers.map((port, i) => ({
    ...(numbers.length > 1 && { name: `port-${i + 1}` }),
    protocol: protocol || found.find(p => p.port === port)?.protocol || 'TCP',
    port,
    targetPort: targetPort ?? port,
  }))
  const type = flags.str('type')
  const labels = flags.str('labels') ? labelsOf(flags.str('labels')) : object.metadata.labels
  const service: Obj = {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: {
      name: flags.str('name') || name.slice(0, 63),
      ...((await k.namespaceEnforced()) && { namespace: await k.namespace() }),
      creationTimestamp: null,
      ...(labels && Object.keys(labels).length && { labels }),
    },
    spec: {
      ...(ports.length && { ports }),
      selector,
      ...(clusterIP && { clusterIP }),
      ...(type && { type }),
      ...(flags.str('external-ip') && { externalIPs: [flags.str('external-ip')] }),
      ...(flags.str('session-affinity') && { sessionAffinity: flags.str('session-affinity') }),
      ...(flags.str('load-balancer-ip') && { loadBalancerIP: flags.str('load-balancer-ip') }),
    },
    status: { loadBalancer: {} },
  }
  const overrides = flags.str('overrides')
  return ordered(overrides ? applyMergePatch(service, JSON.parse(overrides)) : service)
}
