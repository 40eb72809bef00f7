/** kubectl expose: a Service for what a workload, Pod or Service already says of itself. */

import { overridden } from '../changes/overrides.ts'
import { recorded } from '../changes/record.ts'
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { podSpecOf } from '../pods/selectors.ts'
import { resultPrinter } from '../print/done.ts'
import { filenameOptions, visit } from '../resources/resources.ts'
import { rememberingTyped } from './apply/annotation.ts'

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
          "couldn't retrieve selectors via --selector flag or introspection: couldn't convert expressions - \"[" +
            object.spec.selector.matchExpressions
              .map((e: Obj) => `{Key:${e.key} Operator:${e.operator} Values:[${(e.values ?? []).join(' ')}]}`)
              .join(' ') +
            ']" to map-based selector format',
        )
      return object.spec.selector?.matchLabels ?? {}
  }
}

/** The ports that an object tells of, and which protocols each of them speaks. */
function portsOf(object: Obj): Map<number, string[]> {
  const list: Obj[] =
    object.kind === 'Service'
      ? object.spec.ports
      : [
          ...(podSpecOf(object)?.containers ?? []),
          ...(podSpecOf(object)?.initContainers ?? []).filter((c: Obj) => c.restartPolicy === 'Always'),
        ].flatMap((c: Obj) => c.ports ?? [])
  const found = new Map<number, string[]>()
  for (const p of list) {
    const port: number = p.containerPort ?? p.port
    found.set(port, [...(found.get(port) ?? []), p.protocol ?? 'TCP'])
  }
  return found
}

const labelsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(',').map(pair => {
      const parts = pair.split('=')
      if (parts.length !== 2 || !parts[0]) throw new KubectlError(`unexpected label spec: ${pair}`)
      return parts as [string, string]
    }),
  )

/** What was not given by a flag is taken from the first object, and stays for those that follow. */
interface Derived {
  selector?: Record<string, string>
  labels?: Record<string, string>
  ports?: string
  protocols?: ReadonlyMap<number, readonly string[]>
}

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const say = await resultPrinter(k, 'typed')
  const derived: Derived = {
    ...(flags.str('port') && { ports: flags.str('port') }),
  }
  await visit(
    k,
    {
      args: k.args,
      ...filenameOptions(flags),
      continueOnError: true,
    },
    async info => {
      const m = info.mapping
      if (!EXPOSABLE.has(m.kind)) throw new KubectlError(`cannot expose a ${m.kind}${m.group ? `.${m.group}` : ''}`)
      derive(derived, info.object, k)
      const service = recorded(k, await overridden(k, await serviceFor(k, info.name, derived)))
      if (k.dryRun() === 'client') return say(service, 'exposed')
      const mapping = await k.kind('v1', 'Service')
      const made = await (await k.client()).create(
        mapping,
        await k.namespace(),
        flags.bool('save-config') ? await rememberingTyped(service) : service,
        k.writeQuery('kubectl-expose'),
      )
      await say(made, 'exposed')
    },
  )
}

function derive(derived: Derived, object: Obj, { flags }: Kubectl): void {
  if (!flags.str('selector')) derived.selector ??= selectorOf(object)
  const found = portsOf(object)
  if (!derived.ports) {
    if (!found.size && flags.str('cluster-ip') !== 'None')
      throw new KubectlError("couldn't find port via --port flag or introspection")
    derived.ports = [...found.keys()].join(',')
  }
  if (found.size) derived.protocols = found
  const labels = object.metadata.labels ?? {}
  if (!derived.labels && Object.keys(labels).length) derived.labels = labels
}

/** The ports of the Service; one that speaks several protocols becomes several. */
function servicePorts(k: Kubectl, { ports = '', protocols }: Derived): Obj[] {
  const { flags } = k
  const texts = ports.split(',').filter(Boolean)
  const target = flags.str('target-port')
  const protocol = flags.str('protocol')
  return texts.flatMap((text, i) => {
    if (!/^[-+]?\d+$/.test(text))
      throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
    const port = Number(text)
    const spoken = protocol ? [protocol] : (protocols?.get(port) ?? ['TCP'])
    return spoken.map(one => ({
      ...(texts.length > 1 && { name: `port-${i + 1}` }),
      ...(spoken.length > 1 && { name: `port-${i + 1}-${one.toLowerCase()}` }),
      protocol: one,
      port,
      targetPort: target ? (/^\d+$/.test(target) ? Number(target) : target) : port,
    }))
  })
}

async function serviceFor(k: Kubectl, name: string, derived: Derived): Promise<Obj> {
  const { flags } = k
  const given = (name: string): Record<string, string> | undefined =>
    flags.str(name) ? labelsOf(flags.str(name)) : undefined
  const selector = given('selector') ?? derived.selector
  if (!selector || !Object.keys(selector).length) throw new KubectlError('selector must be specified')
  const labels = given('labels') ?? derived.labels
  const ports = servicePorts(k, derived)
  const affinity = flags.str('session-affinity')
  if (affinity && affinity !== 'None' && affinity !== 'ClientIP')
    throw new KubectlError(`unknown session affinity: ${affinity}`)
  const type = flags.str('type')
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: {
      name: flags.str('name') || name.slice(0, 63),
      ...((await k.namespaceEnforced()) && { namespace: await k.namespace() }),
      creationTimestamp: null,
      ...(labels && { labels }),
    },
    spec: {
      ...(ports.length && { ports }),
      selector,
      ...(flags.str('cluster-ip') && { clusterIP: flags.str('cluster-ip') }),
      ...(type && { type }),
      ...(flags.str('external-ip') && { externalIPs: [flags.str('external-ip')] }),
      ...(affinity && { sessionAffinity: affinity }),
      ...(type === 'LoadBalancer' &&
        flags.str('load-balancer-ip') && { loadBalancerIP: flags.str('load-balancer-ip') }),
    },
    status: { loadBalancer: {} },
  }
}
