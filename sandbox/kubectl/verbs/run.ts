/** kubectl run: one Pod of one image, perhaps with a Service before it, perhaps joined to the terminal. */

import { overridden } from '../changes/overrides.ts'
import { recorded } from '../changes/record.ts'
import { resourcePath } from '../client/client.ts'
import { Exit, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { ENV_NAME } from '../pods/env-name.ts'
import { IMAGE } from '../pods/image-name.ts'
import { runningTimeout } from '../pods/podof.ts'
import { dryRunSuffix, shortName } from '../print/done.ts'
import { objectPrinter, splitFormat } from '../print/printer.ts'
import { rememberingTyped } from './apply/annotation.ts'
import { removalOf } from './delete.ts'

function restartPolicy(k: Kubectl): string {
  const text = k.flags.str('restart')
  if (!text) return 'Always'
  if (text === 'Always' || text === 'OnFailure' || text === 'Never') return text
  return k.usage(`invalid restart policy: ${text}`)
}

function pairs(list: readonly string[], problem: (text: string) => string): Record<string, string> {
  const out: Record<string, string> = {}
  for (const text of list) {
    if (!text) continue
    const parts = text.split('=')
    if (parts.length !== 2 && !(parts.length > 2 && problem('').startsWith('invalid')))
      throw new KubectlError(problem(text))
    if (!parts[0]) throw new KubectlError(problem(text))
    out[parts[0]] = text.slice(parts[0].length + 1)
  }
  return out
}

export async function run(k: Kubectl): Promise<number | undefined> {
  const { flags } = k
  k.dryRun()
  await k.client()
  await objectPrinter(k.io, flags)
  removalOf(k)
  if (!k.args.length || flags.dash === 0) k.usage('NAME is required for run')
  runningTimeout(k)
  const image = flags.str('image')
  if (!image) throw new KubectlError('--image is required')
  if (!IMAGE.test(image))
    throw new KubectlError(`Invalid image name ${JSON.stringify(image)}: invalid reference format`)
  const stdin = flags.bool('stdin')
  const tty = flags.bool('tty')
  const attach = flags.changed('attach') ? flags.bool('attach') : stdin || tty
  if (tty && !stdin) k.usage('-i/--stdin is required for containers with -t/--tty=true')
  if (flags.bool('expose') && !flags.str('port')) k.usage('--port must be set when exposing a service')
  const restart = restartPolicy(k)
  if (flags.bool('rm') && !attach) k.usage('--rm should only be used for attached containers')
  const dryRun = k.dryRun()
  if (attach && dryRun !== 'none')
    k.usage("--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)")
  const pull = flags.str('image-pull-policy')
  if (pull && !['Always', 'IfNotPresent', 'Never'].includes(pull))
    throw new KubectlError(`invalid image pull policy: ${pull}\nSee 'kubectl run -h' for help and examples`)
  const name = k.args[0]!
  // The real one asks for it even where nothing is sent.
  await k.kind('v1', 'Pod')
  const pod = await overridden(k, podOf(k, name, image, restart, { stdin, tty }))
  const made: Obj[] = []
  const created = await create(k, pod, true)
  made.push(created)
  if (flags.bool('expose')) made.push(await expose(k, name, created))
  if (!attach) {
    await print(k, created)
    return
  }
  return attached(k, created, restart, { stdin, tty }, made)
}

function podOf(
  k: Kubectl,
  name: string,
  image: string,
  restart: string,
  { stdin, tty }: { stdin: boolean; tty: boolean },
): Obj {
  const { flags } = k
  const args = k.args.slice(1)
  const labelText = flags.str('labels')
  const labels = labelText ? pairs(labelText.split(','), t => `unexpected label spec: ${t}`) : { run: name }
  const annotations = pairs(flags.list('annotations'), t => `invalid annotations format: ${t}`)
  const env = flags.list('env').map(text => {
    const at = text.indexOf('=')
    if (at <= 0 || !ENV_NAME.test(text.slice(0, at))) throw new KubectlError(`invalid env: ${text}`)
    const value = text.slice(at + 1)
    return { name: text.slice(0, at), ...(value && { value }) }
  })
  const port = flags.str('port')
  if (port && !/^[-+]?\d+$/.test(port))
    throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`)
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name, creationTimestamp: null, labels, ...(Object.keys(annotations).length && { annotations }) },
    spec: {
      containers: [
        {
          name,
          image,
          ...(args.length && { [flags.bool('command') ? 'command' : 'args']: args }),
          ...(port && { ports: [{ containerPort: Number(port) }] }),
          ...(env.length && { env }),
          resources: {},
          ...(flags.str('image-pull-policy') && { imagePullPolicy: flags.str('image-pull-policy') }),
          ...(flags.bool('privileged') && { securityContext: { privileged: true } }),
          ...(stdin && { stdin: true }),
          ...(stdin && !flags.bool('leave-stdin-open') && { stdinOnce: true }),
          ...(tty && { tty: true }),
        },
      ],
      restartPolicy: restart,
      dnsPolicy: 'ClusterFirst',
    },
    status: {},
  }
}

async function create(k: Kubectl, object: Obj, namespaced: boolean): Promise<Obj> {
  const dryRun = k.dryRun()
  let draft = recorded(k, object)
  if (await k.namespaceEnforced())
    draft = { ...draft, metadata: { name: draft.metadata.name, namespace: await k.namespace(), ...draft.metadata } }
  if (dryRun === 'client') return draft
  if (k.flags.bool('save-config')) draft = await rememberingTyped(draft)
  if (draft.kind === 'Pod' && draft.apiVersion !== 'v1')
    throw new KubectlError(
      `no kind "Pod" is registered for version ${JSON.stringify(draft.apiVersion)} in scheme "pkg/scheme/scheme.go:28"`,
    )
  const mapping = await k.kind(draft.apiVersion, draft.kind)
  return (await k.client()).create(mapping, namespaced ? await k.namespace() : '', draft, k.writeQuery('kubectl-run'))
}

async function expose(k: Kubectl, name: string, pod: Obj): Promise<Obj> {
  const port = Number(k.flags.str('port'))
  const service = await create(
    k,
    {
      kind: 'Service',
      apiVersion: 'v1',
      metadata: { name, creationTimestamp: null, ...(k.flags.str('labels') && { labels: pod.metadata.labels }) },
      spec: { ports: [{ protocol: 'TCP', port, targetPort: port }], selector: pod.metadata.labels },
      status: { loadBalancer: {} },
    },
    true,
  )
  await print(k, service)
  if (splitFormat(k.flags).format === 'yaml') await k.out('---\n')
  return service
}

const printers = new WeakMap<Kubectl, Promise<Awaited<ReturnType<typeof objectPrinter>>>>()

async function print(k: Kubectl, object: Obj): Promise<void> {
  if (!printers.has(k)) printers.set(k, objectPrinter(k.io, k.flags, { keepOrder: 'typed' }))
  const printer = await printers.get(k)
  await k.out(printer ? printer.print(object) : `${shortName(object)} created${dryRunSuffix(k)}\n`)
}

async function attached(
  k: Kubectl,
  pod: Obj,
  restart: string,
  { stdin, tty }: { stdin: boolean; tty: boolean },
  made: readonly Obj[],
): Promise<number> {
  const { flags } = k
  const quiet = flags.bool('quiet')
  const timeout = flags.num('pod-running-timeout')
  const { namespace, name } = pod.metadata
  try {
    const running = await waitForPod(
      k,
      namespace,
      name,
      timeout,
      p => p.status.phase === 'Succeeded' || p.status.phase === 'Failed' || ready(p),
    )
    if (running.status.phase === 'Succeeded' || running.status.phase === 'Failed') await printLogs(k, running)
    else {
      const { attachTo } = await import('./attach.ts')
      try {
        await attachTo(k, running, { name: '', stdin, tty, quiet })
      } catch (e) {
        if (!(e instanceof KubectlError)) throw e
        await k.err(`warning: couldn't attach to pod/${name}, falling back to streaming logs: ${e.message}\n`)
        await printLogs(k, running)
      }
    }
    if (flags.bool('leave-stdin-open') || restart === 'Always') return 0
    const ended = await waitForPod(
      k,
      namespace,
      name,
      timeout,
      p => p.status.phase === 'Succeeded' || (restart === 'Never' && p.status.phase === 'Failed'),
    )
    if (ended.status.phase === 'Succeeded') return 0
    const terminated = ended.status.containerStatuses?.[0]?.state?.terminated
    if (!terminated?.exitCode) throw new KubectlError(`pod ${namespace}/${name} failed with unknown exit code`)
    throw new Exit(
      terminated.exitCode,
      `pod ${namespace}/${name} terminated (${terminated.reason ?? ''})\n${terminated.message ?? ''}`,
    )
  } finally {
    if (flags.bool('rm')) await removeAll(k, made)
  }
}

const ready = (p: Obj): boolean =>
  p.status.phase === 'Running' &&
  (p.status.conditions ?? []).some((c: Obj) => c.type === 'Ready' && c.status === 'True')

async function waitForPod(
  k: Kubectl,
  namespace: string,
  name: string,
  timeoutMs: number,
  done: (pod: Obj) => boolean,
): Promise<Obj> {
  const client = await k.client()
  const mapping = await k.resource('pods')
  const pod = await client.get(mapping, namespace, name)
  if (done(pod)) return pod
  const events = client.watch(resourcePath(mapping, namespace), {
    query: {
      fieldSelector: `metadata.name=${name}`,
      resourceVersion: pod.metadata.resourceVersion,
      timeoutSeconds: Math.max(1, Math.ceil(timeoutMs / 1000)),
    },
  })
  for await (const event of events) {
    if (event.type === 'DELETED') throw new KubectlError(`pods "${name}" not found`)
    if (done(event.object)) return event.object
  }
  throw new KubectlError('timed out waiting for the condition')
}

async function printLogs(k: Kubectl, pod: Obj): Promise<void> {
  const response = await (await k.client()).call(
    'GET',
    `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/log`,
    {
      query: { container: pod.spec.containers[0].name, follow: true },
      accept: '*/*',
    },
  )
  for await (const chunk of response.chunks()) await k.out(chunk)
}

async function removeAll(k: Kubectl, made: readonly Obj[]): Promise<void> {
  const client = await k.client()
  for (const object of made) {
    const kind = object.kind as string
    const mapping = await k.kind(object.apiVersion, kind)
    await client.delete(mapping, object.metadata.namespace, object.metadata.name, {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      propagationPolicy: 'Background',
    })
    if (!k.flags.bool('quiet')) await k.out(`${kind.toLowerCase()} "${object.metadata.name}" deleted\n`)
    const { waitForDeletion } = await import('./delete.ts')
    await waitForDeletion(
      k,
      [
        {
          info: { mapping, namespace: object.metadata.namespace, name: object.metadata.name, source: '' },
          uid: object.metadata.uid,
        },
      ],
      0,
    )
  }
}
