/** kubectl debug: a container more in a running Pod, a copy of a Pod, or a Pod on a node. */
import { clone } from '../../api/formats/json.ts'
import { resourcePath } from '../client/client.ts'
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { applyStrategicPatch } from '../patch/strategic-apply.ts'
import { twoWayPatch } from '../patch/strategic-diff.ts'
import { IMAGE } from '../pods/image-name.ts'
import { infos, namesOf, visit } from '../resources/resources.ts'
import { allContainersOf, capabilitiesInVain, type Keep, PROFILES, type Style } from './debug-profiles.ts'

interface Plan {
  names: readonly string[]
  command: readonly string[]
  attach: boolean
  /** --custom: a part of a container, laid over the debugging one. */
  custom?: Obj
}

export async function run(k: Kubectl): Promise<void> {
  const plan = await complete(k)
  await check(k, plan)
  const work = async (object: Obj): Promise<void> => {
    const [pod, container] = await debug(k, object, plan)
    if (plan.attach && container) await join(k, pod, container)
  }
  const filenames = k.flags.list('filename')
  if (filenames.length) await visit(k, { filenames, latest: true }, info => work(info.object))
  if (!plan.names.length) return
  const found = await infos(k, { args: namesOf('pods', plan.names), latest: true })
  for (const { object } of found.infos) await work(object)
}

async function complete(k: Kubectl): Promise<Plan> {
  const { flags } = k
  const dash = flags.dash
  const profile = flags.str('profile')
  if (!(profile in PROFILES)) throw new KubectlError(`unknown profile: ${profile}`)
  const custom = flags.str('custom') ? await readCustom(k, flags.str('custom')) : undefined
  return {
    names: dash < 0 ? k.args : k.args.slice(0, dash),
    command: dash < 0 ? [] : k.args.slice(dash),
    attach: flags.changed('attach') ? flags.bool('attach') : flags.bool('stdin'),
    ...(custom && { custom }),
  }
}

async function readCustom(k: Kubectl, file: string): Promise<Obj> {
  const text = await k.io.files.read(file)
  if (text === undefined)
    throw new KubectlError(
      `must pass a container spec json file for custom profile: open ${file}: no such file or directory`,
    )
  const { parseYaml } = await import('../manifests/yaml-read.ts')
  const read = parseYaml(text)
  if ('error' in read)
    throw new KubectlError(
      `${file} does not contain a valid container spec: error converting YAML to JSON: ${read.error}`,
    )
  return read.value
}

/** What --custom may not say. */
const UNTOUCHABLE = ['name', 'command', 'image', 'lifecycle', 'volumeDevices']
const WAYS_ONLY_OF_A_COPY = ['replace', 'same-node'] as const

async function check(k: Kubectl, { names, command, custom }: Plan): Promise<void> {
  const { flags } = k
  const image = flags.str('image')
  const images = flags.map('set-image')
  const copy = flags.str('copy-to')
  const refuse = (words: string): never => {
    throw new KubectlError(words)
  }
  if (flags.changed('attach') && flags.bool('attach') && !image && !flags.str('container'))
    refuse('you must specify --container or create a new container using --image in order to attach.')
  if (copy) {
    if (!image && !Object.keys(images).length && !command.length)
      refuse('you must specify --image, --set-image or command arguments.')
    if (command.length && !flags.str('container') && !image)
      refuse('you must specify an existing container or a new image when specifying args.')
  } else {
    for (const flag of WAYS_ONLY_OF_A_COPY) if (flags.bool(flag)) refuse(`--${flag} may only be used with --copy-to.`)
    if (Object.keys(images).length) refuse('--set-image may only be used with --copy-to.')
    if (!image) refuse('you must specify --image when not using --copy-to.')
  }
  if (image && !IMAGE.test(image)) refuse(`invalid image name ${JSON.stringify(image)}: invalid reference format`)
  if (!names.length && !flags.list('filename').length) refuse('NAME or filename is required for debug')
  const pull = flags.str('image-pull-policy')
  if (pull && !['Always', 'IfNotPresent', 'Never'].includes(pull)) refuse(`invalid image pull policy: ${pull}`)
  for (const [name, one] of Object.entries(images))
    if (!IMAGE.test(one))
      refuse(
        `invalid image name ${JSON.stringify(one)} for container ${JSON.stringify(name)}: invalid reference format`,
      )
  const target = flags.str('target')
  if (target) {
    if (copy) refuse('--target is incompatible with --copy-to. Use --share-processes instead.')
    if (!flags.bool('quiet'))
      await k.out(
        `Targeting container ${JSON.stringify(target)}. If you don't see processes from this container it may be because the container runtime doesn't support this feature.\n`,
      )
  }
  if (flags.bool('tty') && !flags.bool('stdin')) refuse('-i/--stdin is required for containers with -t/--tty=true')
  if (custom && UNTOUCHABLE.some(field => custom[field] && custom[field].length !== 0))
    refuse('name, command, image, lifecycle and volume devices are not modifiable via custom profile')
  if (flags.str('profile') === 'legacy')
    await k.err(
      '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n',
    )
}

/** @returns the Pod, and which of its containers to join */
function debug(k: Kubectl, object: Obj, plan: Plan): Promise<[Obj, string]> {
  if (object.kind === 'Node') return onNode(k, object, plan)
  if (object.kind !== 'Pod') {
    const version: string = object.apiVersion
    const kind = `${version.includes('/') ? version : `/${version}`}, Kind=${object.kind}`
    throw new KubectlError(`${JSON.stringify(kind)} not supported by debug`)
  }
  return k.flags.str('copy-to') ? copied(k, object, plan) : ephemeral(k, object, plan)
}

async function named(k: Kubectl, pod: Obj): Promise<string> {
  const given = k.flags.str('container')
  if (given) return given
  const taken = new Set(allContainersOf(pod).map(c => c.name))
  let name = ''
  do name = `debugger-${k.io.random(5)}`
  while (taken.has(name))
  if (!k.flags.bool('quiet')) await k.out(`Defaulting debug container name to ${name}.\n`)
  return name
}

const environment = (k: Kubectl): Obj[] =>
  Object.entries(k.flags.map('env')).map(([name, value]) => ({ name, ...(value && { value }) }))

function container(k: Kubectl, name: string, command: readonly string[]): Obj {
  const { flags } = k
  const env = environment(k)
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

/** What the profile and --custom make of the Pod. */
function allowed(k: Kubectl, pod: Obj, name: string, style: Style, custom: Obj | undefined): void {
  const keep: Keep = what => k.flags.bool(`keep-${what}`)
  PROFILES[k.flags.str('profile')]!(pod, name, style, keep)
  if (!custom) return
  const list: Obj[] = style === 'ephemeral' ? pod.spec.ephemeralContainers : pod.spec.containers
  const at = list.findIndex(c => c.name === name)
  const holder = { spec: { containers: [list[at]] } }
  const laid = applyStrategicPatch('Pod', holder, { spec: { containers: [{ ...custom, name }] } })
  list[at] = laid.spec.containers[0]
}

async function warnOfUser(k: Kubectl, pod: Obj, name: string): Promise<void> {
  if (capabilitiesInVain(pod, name))
    await k.err(
      'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n',
    )
}

async function ephemeral(k: Kubectl, pod: Obj, { command, custom }: Plan): Promise<[Obj, string]> {
  const name = await named(k, pod)
  const target = k.flags.str('target')
  const added = { ...container(k, name, command), ...(target && { targetContainerName: target }) }
  const after = clone(pod)
  after.spec.ephemeralContainers = [...(after.spec.ephemeralContainers ?? []), added]
  allowed(k, after, name, 'ephemeral', custom)
  await warnOfUser(k, after, name)
  const mapping = await k.resource('pods')
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

async function copied(k: Kubectl, original: Obj, plan: Plan): Promise<[Obj, string]> {
  const { flags } = k
  const { namespace, annotations, labels } = original.metadata
  const pod: Obj = {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: flags.str('copy-to'), namespace, annotations, labels },
    spec: clone(original.spec),
  }
  delete pod.spec.ephemeralContainers
  if (flags.changed('share-processes')) pod.spec.shareProcessNamespace = flags.bool('share-processes')
  if (!flags.bool('same-node')) delete pod.spec.nodeName
  const images = flags.map('set-image')
  for (const c of pod.spec.containers) c.image = images[c.name] ?? images['*'] ?? c.image
  const name = await changeCopy(k, pod, plan)
  await warnOfUser(k, pod, name)
  const client = await k.client()
  const mapping = await k.resource('pods')
  const made = await client.create(mapping, namespace, pod)
  if (flags.bool('replace'))
    await client.delete(mapping, namespace, original.metadata.name, {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      gracePeriodSeconds: 0,
    })
  return [made, name]
}

/** The container that is added or changed in a copy; '' where only images were set. */
async function changeCopy(k: Kubectl, pod: Obj, { command, custom }: Plan): Promise<string> {
  const { flags } = k
  let name = flags.str('container')
  let c = allContainersOf(pod).find(one => one.name === name)
  if (!c) {
    if (!flags.str('image')) {
      if (Object.keys(flags.map('set-image')).length) return ''
      throw new KubectlError('you must specify image when creating new container')
    }
    name ||= await named(k, pod)
    c = { name, resources: {}, terminationMessagePolicy: 'File' } as Obj
    pod.spec.containers.push(c)
  }
  if (command.length && flags.bool('arguments-only')) c.args = command
  else if (command.length) {
    c.command = command
    delete c.args
  }
  const env = environment(k)
  if (env.length) c.env = env
  if (flags.str('image')) c.image = flags.str('image')
  if (flags.str('image-pull-policy')) c.imagePullPolicy = flags.str('image-pull-policy')
  for (const field of ['stdin', 'tty']) {
    if (flags.bool(field)) c[field] = true
    else delete c[field]
  }
  allowed(k, pod, name, 'copy', custom)
  return name
}

async function onNode(k: Kubectl, node: Obj, { command, custom }: Plan): Promise<[Obj, string]> {
  const name = k.flags.str('container') || 'debugger'
  const podName = `node-debugger-${node.metadata.name}-${k.io.random(5)}`
  if (!k.flags.bool('quiet'))
    await k.out(`Creating debugging pod ${podName} with container ${name} on node ${node.metadata.name}.\n`)
  const pod: Obj = {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name: podName },
    spec: {
      containers: [container(k, name, command)],
      nodeName: node.metadata.name,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
    },
  }
  allowed(k, pod, name, 'node', custom)
  const mapping = await k.resource('pods')
  return [await (await k.client()).create(mapping, await k.namespace(), pod), name]
}

async function join(k: Kubectl, pod: Obj, name: string): Promise<void> {
  const client = await k.client()
  const mapping = await k.resource('pods')
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
