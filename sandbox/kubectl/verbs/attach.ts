/** kubectl attach: joins the terminal to a container's main process. */
import { KubectlError } from '../errors.ts'
import type { Kubectl } from '../kubectl.ts'
import type { Obj } from '../objects.ts'
import { containerOf } from '../pods/podof.ts'
import { stream } from '../pods/streaming.ts'
import { targetPod } from './exec.ts'

export async function run(k: Kubectl): Promise<number> {
  if (!k.args.length) throw new KubectlError('at least 1 argument is required for attach')
  if (k.args.length > 2)
    throw new KubectlError(
      `expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw ${k.args.length}: [${k.args.join(' ')}]`,
    )
  const pod = await targetPod(k, k.args.length === 2 ? `${k.args[0]}/${k.args[1]}` : k.args[0])
  const { flags } = k
  return attachTo(k, pod, {
    name: flags.str('container'),
    stdin: flags.bool('stdin'),
    tty: flags.bool('tty'),
    quiet: flags.bool('quiet'),
  })
}

export async function attachTo(
  k: Kubectl,
  pod: Obj,
  options: { name: string; stdin: boolean; tty: boolean; quiet: boolean },
): Promise<number> {
  const phase = pod.status?.phase
  if (phase === 'Succeeded' || phase === 'Failed')
    throw new KubectlError(`cannot attach a container in a completed pod; current phase is ${phase}`)
  const container = await containerOf(
    k,
    pod,
    options.name,
    options.quiet,
    (name, of) => `cannot attach to the container: container ${name} not found in pod ${of}`,
  )
  let { tty } = options
  if (tty && !container.tty) {
    tty = false
    if (!options.quiet) await k.err(`error: Unable to use a TTY - container ${container.name} did not allocate one\n`)
  } else if (!tty && container.tty) tty = true
  if (tty && options.stdin && !k.io.isTerminal(0)) {
    tty = false
    if (!options.quiet) await k.err('Unable to use a TTY - input is not a terminal or the right kind of file\n')
  }
  if (!options.quiet) await k.err("If you don't see a command prompt, try pressing enter.\n")
  // How the process ended is the Pod's to tell, not the connection's.
  await stream(k, {
    path: `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}/attach`,
    query: { container: container.name, stdin: options.stdin, stdout: true, stderr: !tty, tty },
    stdin: options.stdin,
    tty,
  })
  if (options.stdin && tty && pod.spec.restartPolicy === 'Always' && !options.quiet)
    await k.out(
      `Session ended, resume using '${k.program} attach ${pod.metadata.name} -c ${container.name}${options.stdin ? ' -i' : ''}${tty ? ' -t' : ''}' command when the pod is running\n`,
    )
  return 0
}
