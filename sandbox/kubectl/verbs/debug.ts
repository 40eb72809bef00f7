/** kubectl debug: a container more in a running Pod, a copy of a Pod, or a Pod on a node. */
import { clone } from '../../api/json.ts'
import { resourcePath } from '../client.ts'
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { twoWayPatch } from '../patch/strategic-diff.ts'
import { infos } from '../resources.ts'
import { ordered } from './create/order.ts'

const add =
  (...caps: string[]) =>
  (c: Obj): void => {
    c.securityContext = {
      ...c.securityContext,
      capabilities: {
        ...c.securityContext?.capabilities,
        add: [...new Set([...(c.securityContext?.capabilities?.add ?? []), ...caps])],
      },
    }
  }

/** What a profile allows the debugging container. */
const PROFILES: Readonly<Record<string, (c: Obj) => void>> = {
  legacy: () => {},
  general: add('SYS_PTRACE'),
  baseline: () => {},
  restricted(c) {
    c.securityContext = {
      ...c.securityContext,
      runAsNonRoot: true,
      capabilities: { drop: ['ALL'] },
      allowPrivilegeEscalation: false,
      seccompProfile: { type: 'RuntimeDefault' },
    }
  },
  netadmin: add('NET_ADMIN', 'NET_RAW'),
  sysadmin(c) {
    c.securityContext = { ...c.securityContext, privileged: true }
  },
}

export async function run(k: Kubectl): Promise<number> {
  const { flags } = k
  const names = flags.dash < 0 ? k.args : k.args.slice(0, flags.dash)
  const command = flags.dash < 0 ? [] : k.args.slice(flags.dash)
  const image = flags.str('image')
  const copyTo = flags.str('copy-to')
  const profile = flags.str('profile')
  if (!names.length) throw new KubectlError('NAME is required for debug')
  if (!copyTo && !image) {
    if (flags.bool('replace')) throw new KubectlError('--replace may only be used with --copy-to.')
    if (Object.keys(flags.map('set-image')).length)
      throw new KubectlError('--set-image may only be used with --copy-to.')
    throw new KubectlError('you must specify --image when not using --copy-to.')
  }
  if (copyTo && !image && !Object.keys(flags.map('set-image')).length && !command.length && !flags.str('container'))
    throw new KubectlError('you must specify --image, --set-image or command arguments.')
  if (flags.str('target') && copyTo)
    throw new KubectlError('--target is incompatible with --copy-to. Use --share-processes instead.')
  if (flags.bool('tty') && !flags.bool('stdin'))
    throw new KubectlError('-i/--stdin is required for containers with -t/--tty=true')
  if (!(profile in PROFILES)) throw new KubectlError(`unknown profile: ${profile}`)
  if (flags.str('custom')) throw new KubectlError('not simulated: debug --custom')
  if (profile === 'legacy')
    await k.err(
      '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n',
    )
  const found = await infos(k, { args: names[0]!.includes('/') ? names : ['pods', ...names], latest: true })
  for (const info of found.infos) {
    const { object } = info
    let pod: Obj
    let container: string
    if (object.kind === 'Node') [pod, container] = await onNode(k, object, command)
    else if (object.kind !== 'Pod')
      throw new KubectlError(`"${object.apiVersion}, Kind=${object.kind}" not supported by debug`)
    else if (copyTo) [pod, container] = await copied(k, object, command)
    else [pod, container] = await ephemeral(k, object, command)
    const attach = flags.changed('attach') ? flags.bool('attach') : flags.bool('stdin')
    if (attach && container) await join(k, pod, container)
  }
  return 0
}

async function named(k: Kubectl, pod: Obj | undefined): Promise<string> {
  const given = k.flags.str('container')
  if (given) return given
  const taken = new Set(
    [
      ...(pod?.spec.containers ?? []),
      ...(pod?.spec.initContainers ?? []),
      ...(pod?.spec.ephemeralContainers ?? []),
    ].map((c: Obj) => c.name),
  )
  let name = ''
  do name = `debugger-${k.io.random(5)}`
  while (taken.has(name))
  if (!k.flags.bool('quiet')) await k.out(`Defaulting debug container name to ${name}.\n`)
  return name
}

function container(k: Kubectl, name: string, command: readonly string[]): Obj {
  const { flags } = k
  const env = Object.entries(flags.map('env')).map(([n, value]) => ({ name: n, value }))
  return {
    name,
    image: flags.str('image'),
    ...(command.length && { [flags.bool('arguments-only') ? 'args' : 'command']: command }),
    ...(env.length && { env }),
    resources: {},
    terminationMessagePolicy: 'File',
    imagePullPolicy: flags.str('image-pull-policy') || undefined,
    ...(flags.bool('stdin') && { stdin: true }),
    ...(flags.bool('tty') && { tty: true }),
  }
}

async function ephemeral(k: Kubectl, pod: Obj, command: readonly string[]): Promise<[Obj, string]> {
  const name = await named(k, pod)
  const target = k.flags.str('target')
  const c = container(k, name, command)
  if (target) {
    c.targetContainerName = target
    if (!k.flags.bool('quiet'))
      await k.out(
        `Targeting container ${JSON.stringify(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      )
  }
  PROFILES[k.flags.str('profile')]!(c)
  const after = { ...pod, spec: { ...pod.spec, ephemeralContainers: [...(pod.spec.ephemeralContainers ?? []), c] } }
  const mapping = (await k.discovery()).resource('pods')
  const changed = await (await k.client()).patch(
    mapping,
    pod.metadata.namespace,
    pod.metadata.name,
    'strategic',
    twoWayPatch('Pod', pod, after),
    {},
    'ephemeralcontainers',
  )
  return [changed, name]
}

async function copied(k: Kubectl, pod: Obj, command: readonly string[]): Promise<[Obj, string]> {
  const { flags } = k
  const image = flags.str('image')
  const spec: Obj = clone(pod.spec)
  if (!flags.bool('same-node')) delete spec.nodeName
  delete spec.ephemeralContainers
  spec.containers = spec.containers.map((c: Obj) => {
    const { livenessProbe, readinessProbe, startupProbe, lifecycle: _lifecycle, ...rest } = c
    if (flags.bool('keep-liveness')) rest.livenessProbe = livenessProbe
    if (flags.bool('keep-readiness')) rest.readinessProbe = readinessProbe
    if (flags.bool('keep-startup')) rest.startupProbe = startupProbe
    return rest
  })
  if (!flags.bool('keep-init-containers') && flags.has('keep-init-containers')) delete spec.initContainers
  const images = flags.map('set-image')
  for (const c of [...spec.containers, ...(spec.initContainers ?? [])])
    c.image = images[c.name] ?? images['*'] ?? c.image
  let name = flags.str('container')
  if (image || command.length) {
    let target = spec.containers.find((c: Obj) => c.name === name)
    if (!target && !image && !name) target = spec.containers[0]
    if (!target) {
      if (!image) throw new KubectlError('you must specify an existing container or a new image when specifying args.')
      name ||= await named(k, pod)
      target = container(k, name, command)
      spec.containers.push(target)
    } else {
      name = target.name
      if (image) target.image = image
      if (command.length) {
        target.command = command
        delete target.args
      }
      if (flags.bool('stdin')) target.stdin = true
      if (flags.bool('tty')) target.tty = true
    }
    PROFILES[flags.str('profile')]!(target)
  }
  spec.shareProcessNamespace = flags.bool('share-processes')
  const client = await k.client()
  const mapping = (await k.discovery()).resource('pods')
  const labels = flags.bool('keep-labels')
    ? pod.metadata.labels
    : flags.has('keep-labels')
      ? undefined
      : pod.metadata.labels
  const draft: Obj = {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name: flags.str('copy-to'),
      namespace: pod.metadata.namespace,
      annotations:
        flags.has('keep-annotations') && !flags.bool('keep-annotations') ? undefined : pod.metadata.annotations,
      labels: labels ?? pod.metadata.labels,
    },
    spec,
  }
  const made = await client.create(mapping, pod.metadata.namespace, ordered(draft))
  if (flags.bool('replace'))
    await client.delete(mapping, pod.metadata.namespace, pod.metadata.name, {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      gracePeriodSeconds: 0,
    })
  return [made, name]
}

async function onNode(k: Kubectl, node: Obj, command: readonly string[]): Promise<[Obj, string]> {
  const name = k.flags.str('container') || 'debugger'
  const c = container(k, name, command)
  PROFILES[k.flags.str('profile')]!(c)
  const legacy = ['legacy', 'general', 'sysadmin'].includes(k.flags.str('profile'))
  if (legacy) c.volumeMounts = [{ name: 'host-root', mountPath: '/host' }]
  const podName = `node-debugger-${node.metadata.name}-${k.io.random(5)}`
  if (!k.flags.bool('quiet'))
    await k.out(`Creating debugging pod ${podName} with container ${name} on node ${node.metadata.name}.\n`)
  const mapping = (await k.discovery()).resource('pods')
  const host = k.flags.str('profile') !== 'restricted' && k.flags.str('profile') !== 'baseline'
  const made = await (await k.client()).create(mapping, await k.namespace(), {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: podName, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
    spec: {
      containers: [c],
      ...(host && { hostIPC: true, hostNetwork: true, hostPID: true }),
      nodeName: node.metadata.name,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
      ...(legacy && { volumes: [{ name: 'host-root', hostPath: { path: '/' } }] }),
    },
  })
  return [made, name]
}

async function join(k: Kubectl, pod: Obj, name: string): Promise<void> {
  const client = await k.client()
  const mapping = (await k.discovery()).resource('pods')
  const { namespace } = pod.metadata
  const statusOf = (p: Obj): Obj =>
    [
      ...(p.status?.ephemeralContainerStatuses ?? []),
      ...(p.status?.containerStatuses ?? []),
      ...(p.status?.initContainerStatuses ?? []),
    ].find((s: Obj) => s.name === name)
  let current = await client.get(mapping, namespace, pod.metadata.name)
  if (!statusOf(current)?.state?.running && !statusOf(current)?.state?.terminated) {
    for await (const event of client.watch(resourcePath(mapping, namespace), {
      query: { fieldSelector: `metadata.name=${pod.metadata.name}`, resourceVersion: current.metadata.resourceVersion },
    })) {
      current = event.object
      const state = statusOf(current)?.state
      if (state?.running || state?.terminated) break
      if (state?.waiting?.message && /ErrImagePull|ImagePullBackOff/.test(state.waiting.reason))
        await k.warn(`container ${name}: ${state.waiting.message}`)
    }
  }
  if (statusOf(current)?.state?.terminated) {
    await k.out(
      (await (
        await client.call('GET', `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/log`, {
          query: { container: name },
          accept: '*/*',
        })
      ).text()) ?? '',
    )
    return
  }
  const { attachTo } = await import('./attach.ts')
  await attachTo(k, current, {
    name,
    stdin: k.flags.bool('stdin'),
    tty: k.flags.bool('tty'),
    quiet: k.flags.bool('quiet'),
  })
}
