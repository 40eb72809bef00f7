/** A Pod's names: its hostname, its domain, and the /etc/hosts that the kubelet keeps for it. */
import type { Pod, PodSpec } from '../types.ts'

const HOSTNAME_MAX = 63
const FQDN_MAX = 64

export interface PodName {
  hostname: string
  domain: string
}

/** hostnameOverride, else hostname, else the Pod's name; cut to what a kernel takes. */
export function hostnameOf(pod: Pod, clusterDomain: string): PodName {
  const { hostname, subdomain, hostnameOverride } = pod.spec
  if (hostnameOverride) return { hostname: cut(hostnameOverride), domain: '' }
  const domain = subdomain ? `${subdomain}.${pod.metadata.namespace}.svc.${clusterDomain}` : ''
  return { hostname: cut(hostname || pod.metadata.name), domain }
}

const cut = (name: string): string =>
  name.length <= HOSTNAME_MAX ? name : name.slice(0, HOSTNAME_MAX).replace(/[-.]+$/, '')

/**
 * What `hostname` prints in the Pod: the whole domain name when the Pod asks for it.
 * @throws Error when that is longer than a kernel takes
 */
export function kernelHostname(pod: Pod, { hostname, domain }: PodName): string {
  if (!pod.spec.setHostnameAsFQDN || !domain) return hostname
  const whole = `${hostname}.${domain}`
  if (whole.length > FQDN_MAX) {
    throw new Error(
      `failed to construct FQDN from pod hostname and cluster domain, FQDN ${whole} is too long (${FQDN_MAX} characters is the max, ${whole.length} characters requested)`,
    )
  }
  return whole
}

const HOSTS = [
  '# Kubernetes-managed hosts file.',
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::0\tip6-localnet',
  'fe00::0\tip6-mcastprefix',
  'fe00::1\tip6-allnodes',
  'fe00::2\tip6-allrouters',
].join('\n')

/** How to write the file, which is done when somebody reads it. */
export const hostsFile =
  (spec: PodSpec, ips: readonly string[], name: PodName, node: { name: string; ip: string }): (() => string) =>
  () =>
    textOf(spec, ips, name, node)

function textOf(
  spec: PodSpec,
  ips: readonly string[],
  { hostname, domain }: PodName,
  node: { name: string; ip: string },
): string {
  if (spec.hostNetwork) {
    return `# Kubernetes-managed hosts file (host network).\n127.0.0.1\tlocalhost\n${node.ip}\t${node.name}\n${aliases(spec)}`
  }
  const own = domain ? `${hostname}.${domain}\t${hostname}` : hostname
  return [HOSTS, ...ips.map(ip => `\n${ip}\t${own}`), '\n', aliases(spec)].join('')
}

function aliases({ hostAliases }: PodSpec): string {
  if (!hostAliases?.length) return ''
  const lines = hostAliases.map(({ ip, hostnames }) => `${ip}\t${(hostnames ?? []).join('\t')}\n`)
  return `\n# Entries added by HostAliases.\n${lines.join('')}`
}
