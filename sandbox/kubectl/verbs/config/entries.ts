/** kubectl config set-cluster and set-credentials. */
import { KubectlError } from '../../errors.ts'
import type { Cluster, User } from '../../kubeconfig/kubeconfig.ts'
import type { Kubectl } from '../../kubectl.ts'
import type { Obj } from '../../objects.ts'
import { change, helpAndFail, helpAndRefuse } from './file.ts'

export async function setCluster(k: Kubectl): Promise<void> {
  const { flags } = k
  if (k.args.length !== 1) await helpAndFail(k, 'set-cluster')
  const name = k.args[0]!
  const ca = flags.str('certificate-authority')
  if (flags.bool('insecure-skip-tls-verify') && ca)
    throw new KubectlError('you cannot specify a certificate authority and insecure mode at the same time')
  if (flags.bool('embed-certs') && !ca) throw new KubectlError('you must specify a --certificate-authority to embed')
  const data = flags.bool('embed-certs') ? await certificate(k, 'certificate-authority') : undefined
  await change(k, `clusters/${name}`, config => {
    const cluster: Cluster = { ...(config.clusters.get(name) ?? { server: '' }) }
    if (flags.changed('server')) cluster.server = flags.str('server').replace(/\/$/, '')
    if (flags.changed('tls-server-name')) cluster['tls-server-name'] = flags.str('tls-server-name')
    if (flags.changed('proxy-url')) cluster['proxy-url'] = flags.str('proxy-url')
    if (flags.changed('insecure-skip-tls-verify')) {
      delete cluster['insecure-skip-tls-verify']
      if (flags.bool('insecure-skip-tls-verify')) {
        cluster['insecure-skip-tls-verify'] = true
        delete cluster['certificate-authority']
        delete cluster['certificate-authority-data']
      }
    }
    if (ca) {
      delete cluster['insecure-skip-tls-verify']
      delete cluster['certificate-authority']
      delete cluster['certificate-authority-data']
      if (data !== undefined) cluster['certificate-authority-data'] = btoa(data)
      else cluster['certificate-authority'] = absolute(k, ca)
    }
    config.clusters.set(name, cluster)
  })
  await k.out(`Cluster ${JSON.stringify(name)} set.\n`)
}

/** The text of the file that a flag names. */
async function certificate(k: Kubectl, flag: string): Promise<string> {
  const path = k.flags.str(flag)
  const text = await k.io.files.read(path)
  if (text === undefined)
    throw new KubectlError(`could not stat ${flag} file ${path}: stat ${path}: no such file or directory`)
  return text
}

export async function setCredentials(k: Kubectl): Promise<void> {
  const { flags } = k
  if (k.args.length !== 1) await helpAndFail(k, 'set-credentials', 'unexpected args: ')
  const name = k.args[0]!
  const provider = flags.str('auth-provider')
  const [providerArgs, env] = await Promise.all([pairsOf(k, 'auth-provider-arg'), pairsOf(k, 'exec-env')])
  if (flags.str('token') && (flags.str('username') || flags.str('password')))
    throw new KubectlError(
      'you cannot specify more than one authentication method at the same time: --token, --username/--password',
    )
  if (flags.bool('embed-certs') && !flags.str('client-certificate') && !flags.str('client-key'))
    throw new KubectlError('you must specify a --client-certificate or --client-key to embed')
  const files: Record<string, string> = {}
  for (const f of ['client-certificate', 'client-key'] as const)
    if (flags.bool('embed-certs') && flags.str(f)) files[f] = await certificate(k, f)
  await change(k, `users/${name}`, config => {
    const user: User = { ...config.users.get(name) }
    for (const f of ['token', 'username', 'password'] as const) if (flags.changed(f)) user[f] = flags.str(f)
    for (const f of ['client-certificate', 'client-key'] as const) {
      if (!flags.str(f)) continue
      delete user[f]
      delete user[`${f}-data`]
      if (files[f] !== undefined) user[`${f}-data`] = btoa(files[f])
      else user[f] = absolute(k, flags.str(f))
    }
    if (flags.str('token')) for (const f of ['username', 'password'] as const) delete user[f]
    if (flags.str('username') || flags.str('password')) delete user.token
    if (provider && user['auth-provider']?.name !== provider) user['auth-provider'] = { config: {}, name: provider }
    if (user['auth-provider']) user['auth-provider'] = withArguments(user['auth-provider'], providerArgs)
    if (flags.str('exec-command') || user.exec) user.exec = execPlugin(k, user.exec, env)
    config.users.set(name, user)
  })
  await k.out(`User ${JSON.stringify(name)} set.\n`)
}

interface Pairs {
  set: Map<string, string>
  remove: string[]
}

/** key=value and key- of a flag; what is neither is answered with the help. */
async function pairsOf(k: Kubectl, flag: string): Promise<Pairs> {
  const pairs: Pairs = { set: new Map(), remove: [] }
  for (const text of k.flags.list(flag)) {
    const at = text.indexOf('=')
    if (at > 0) pairs.set.set(text.slice(0, at), text.slice(at + 1))
    else if (at < 0 && text.endsWith('-') && text.length > 1) pairs.remove.push(text.slice(0, -1))
    else await helpAndRefuse(k, 'set-credentials', `invalid ${flag} format: ${text}`)
  }
  return pairs
}

function withArguments(provider: Obj, { set, remove }: Pairs): Obj {
  const config = { ...provider.config, ...Object.fromEntries(set) }
  for (const key of remove) delete config[key]
  return { ...provider, config }
}

/** Relative to where we are, not to where the configuration lies. */
const absolute = (k: Kubectl, path: string): string => (path.startsWith('/') ? path : `${k.io.cwd}/${path}`)

/** How a plugin is to be run for credentials. */
function execPlugin(k: Kubectl, old: Obj | undefined, { set, remove }: Pairs): Obj {
  const { flags } = k
  const command = flags.str('exec-command')
  const env = new Map<string, string>((old?.env ?? []).map((e: Obj) => [e.name, e.value]))
  for (const name of remove) env.delete(name)
  for (const [name, value] of set) env.set(name, value)
  return {
    ...old,
    apiVersion: flags.str('exec-api-version') || old?.apiVersion,
    args: flags.changed('exec-arg') ? flags.list('exec-arg') : command ? null : (old?.args ?? null),
    command: command || old?.command,
    env: env.size ? [...env].map(([name, value]) => ({ name, value })) : null,
    provideClusterInfo: flags.bool('exec-provide-cluster-info'),
  }
}
