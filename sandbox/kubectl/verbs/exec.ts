/** kubectl exec. */
import { Exit, KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { attachablePod, containerOf, runningTimeout } from '../pods/podof.ts'
import { stream } from '../pods/streaming.ts'
import { infos, namesOf } from '../resources/resources.ts'

/** The Pod that TYPE/NAME or a file names. */
export async function targetPod(k: Kubectl, target: string | undefined): Promise<Obj> {
  const { flags } = k
  const files = flags.has('filename') ? flags.list('filename') : []
  const timeout = runningTimeout(k)
  const found = await infos(k, {
    args: target ? namesOf('pods', [target]) : [],
    filenames: files,
    latest: true,
  })
  const [one] = found.infos
  // What comes by stdin counts as several, were it but one.
  if (!one || !found.single || found.infos.length > 1)
    throw new KubectlError('cannot exec into multiple objects at a time')
  return attachablePod(k, one.object, timeout)
}

export async function run(k: Kubectl): Promise<number> {
  const { flags } = k
  const { dash } = flags
  const files = flags.list('filename')
  if (dash < 0 && k.args.length > (files.length ? 0 : 1))
    k.usage('exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead')
  const target = dash === 0 ? undefined : k.args[0]
  if (!files.length && !target) throw new KubectlError('pod, type/name or --filename must be specified')
  const command = dash < 0 ? [] : k.args.slice(dash)
  if (!command.length) throw new KubectlError('you must specify at least one command for the container')
  const pod = await targetPod(k, target)
  const phase = pod.status?.phase
  if (phase === 'Succeeded' || phase === 'Failed')
    throw new KubectlError(`cannot exec into a container in a completed pod; current phase is ${phase}`)
  const name = flags.str('container') || (await containerOf(k, pod, '', flags.bool('quiet'))).name
  const stdin = flags.bool('stdin')
  let tty = flags.bool('tty')
  if (tty && stdin && !k.io.isTerminal(0)) {
    tty = false
    if (!flags.bool('quiet')) await k.err('Unable to use a TTY - input is not a terminal or the right kind of file\n')
  }
  const code = await stream(k, {
    path: `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/exec`,
    query: { container: name, command, stdin, stdout: true, stderr: !tty, tty },
    stdin,
    tty,
  })
  if (code) throw new Exit(code, `command terminated with exit code ${code}`)
  return 0
}
