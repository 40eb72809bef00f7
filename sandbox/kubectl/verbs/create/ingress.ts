/** kubectl create ingress: rules such as `shop.example.com/cart*=cart:http,tls=cert`. */
import { KubectlError } from '../../errors.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { createGenerated, newMeta, oneName, splitPair } from './generate.ts'

const RULE = /^([^/=]*)(\/[^=]*)=([^:,=/]+):([^:,=/]+)(?:,tls(?:=([^,]*))?)?$/

const backend = (name: string, port: string): Obj => ({
  service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } },
})

export async function run(k: Kubectl): Promise<void> {
  const { flags } = k
  const name = await oneName(k)
  const rules = flags.list('rule')
  const fallback = flags.str('default-backend')
  if (!fallback && !rules.length)
    throw new KubectlError(
      'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    )
  const hosts = new Map<string, Obj[]>()
  const tls = new Map<string, string[]>()
  for (const rule of rules) {
    const m = RULE.exec(rule)
    if (!m)
      throw new KubectlError(`rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`)
    const [, host = '', path = '', service, port, secret] = m
    const prefix = path.endsWith('*')
    hosts.set(host, [
      ...(hosts.get(host) ?? []),
      {
        path: prefix ? path.slice(0, -1) || '/' : path,
        pathType: prefix ? 'Prefix' : 'Exact',
        backend: backend(service!, port!),
      },
    ])
    if (/,tls/.test(rule)) {
      const key = secret ?? ''
      const names = tls.get(key) ?? []
      if (host && !names.includes(host)) names.push(host)
      tls.set(key, names)
    }
  }
  const annotations: Record<string, string> = {}
  for (const a of flags.list('annotation')) {
    if (!a.includes('=')) throw new KubectlError(`annotation ${a} is invalid and should be in format key=[value]`)
    const [key, value] = splitPair(a)
    annotations[key] = value
  }
  if (fallback && fallback.split(':').length !== 2)
    throw new KubectlError('default-backend should be in format servicename:serviceport')
  const [service, port] = fallback.split(':')
  await createGenerated(k, {
    namespaced: true,
    noun: 'ingress',
    object: {
      kind: 'Ingress',
      apiVersion: 'networking.k8s.io/v1',
      metadata: newMeta(name, Object.keys(annotations).length ? { annotations } : {}),
      spec: {
        ...(flags.str('class') && { ingressClassName: flags.str('class') }),
        ...(fallback && { defaultBackend: backend(service!, port!) }),
        ...(tls.size && {
          tls: [...tls].map(([secretName, names]) => ({
            ...(names.length && { hosts: names }),
            ...(secretName && { secretName }),
          })),
        }),
        ...(hosts.size && { rules: [...hosts].map(([host, paths]) => ({ ...(host && { host }), http: { paths } })) }),
      },
      status: { loadBalancer: {} },
    },
  })
}
