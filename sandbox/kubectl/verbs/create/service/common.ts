/** kubectl create service: one object, four types. */
import { KubectlError } from '../../../errors.ts'
import type { Kubectl } from '../../../kubectl.ts'
import type { Obj } from '../../../objects.ts'
import { createGenerated, newMeta, oneName } from '../generate.ts'

function port(text: string): number {
  if (!/^\d+$/.test(text)) throw new KubectlError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`)
  const n = Number(text)
  if (n > 65535) throw new KubectlError(`strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`)
  return n
}

const PORT_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/

function parsePorts(spec: string): { port: number; targetPort: number | string } {
  // A third part is overlooked.
  const [first, target] = spec.split(':')
  const number = port(first!)
  if (target === undefined) return { port: number, targetPort: number }
  if (/^-?\d+$/.test(target)) {
    const n = Number(target)
    if (n < 1 || n > 65535) throw new KubectlError('must be between 1 and 65535, inclusive')
    return { port: number, targetPort: n }
  }
  if (target.length > 15) throw new KubectlError('must be no more than 15 characters')
  if (!PORT_NAME.test(target))
    throw new KubectlError('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  if (!/[a-z]/.test(target)) throw new KubectlError('must contain at least one letter (a-z)')
  return { port: number, targetPort: target }
}

export async function createService(k: Kubectl, type: string, extra: Obj = {}): Promise<void> {
  const { flags } = k
  const name = await oneName(k)
  const specs = flags.list('tcp')
  const clusterIP = flags.has('clusterip') ? flags.str('clusterip') : ''
  if (!specs.length && type !== 'ExternalName' && clusterIP !== 'None')
    throw new KubectlError('at least one tcp port specifier must be provided')
  if (clusterIP === 'None' && type !== 'ClusterIP')
    throw new KubectlError('ClusterIP=None can only be used with ClusterIP service type')
  const nodePort = flags.has('node-port') ? flags.num('node-port') : 0
  const ports = specs.map(spec => {
    const parsed = parsePorts(spec)
    return { name: spec.replaceAll(':', '-'), protocol: 'TCP', ...parsed, ...(nodePort && { nodePort }) }
  })
  await createGenerated(k, {
    namespaced: true,
    noun: `${type} service`,
    object: {
      kind: 'Service',
      apiVersion: 'v1',
      metadata: newMeta(name, { labels: { app: name } }),
      spec: {
        ...(ports.length && { ports }),
        selector: { app: name },
        ...(clusterIP && { clusterIP }),
        type,
        ...extra,
      },
      status: { loadBalancer: {} },
    },
  })
}
