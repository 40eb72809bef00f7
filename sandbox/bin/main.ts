/** The `podlab` command: `serve` a cluster on a port, or `kubectl` against any cluster. */
import { existsSync } from 'node:fs'
import { FAULTS, faultUsage } from '../scenario/faults.ts'

const USAGE = `podlab: a simulated Kubernetes 1.36 cluster

Usage:
  podlab serve [--port 6443] [--kubeconfig FILE] [--node-names a,b,c | --nodes N]
               [--speed 1] [--seed S] [--metrics-server] [--storage-class]
               [--feature-gates MaxUnavailableStatefulSet=true] [--runtime process] [--lesson FOLDER]
               [--tls] [--client-ca-file FILE] [--token-auth-file FILE] [--authorization-mode RBAC,AlwaysAllow]
               [--disable-admission-plugins ServiceAccount,…]
      Serves a cluster on a port of 127.0.0.1; a kubeconfig for it is written once it answers.
      With --tls it speaks https, and the kubeconfig holds an authority and a client certificate, as kind's does:
      only so does kubectl send tokens, and only so is somebody without credentials anonymous.
      With --runtime process, containers of Node images are real processes that run as you.
      With --lesson it is the cluster of that lesson as its learner finds it, with the lesson's own images.
  podlab kubectl ARGS...
      A kubectl of our own, for any KUBECONFIG.
  podlab new-course | check-course | build | preview | scorm | lessons
      Courses of your own; "podlab build --help" tells more.
  podlab grade FILES...
      What learners have solved, from what they have exported.
  podlab classroom
      The course of this folder with a classroom: verified grades, a live board.
  podlab node|kubelet|container|registry|apiserver ARGS... [--server http://127.0.0.1:6443]
      Makes something happen to a cluster that is served; "podlab faults" lists what.
`

const COURSE_COMMANDS = ['new-course', 'check-course', 'build', 'preview', 'scorm', 'lessons']

async function main(argv: string[]): Promise<number> {
  const [command, ...rest] = argv
  if (command === 'kubectl') {
    const { main: kubectl } = await import('../kubectl/node/main.node.ts')
    return kubectl(rest)
  }
  if (command === 'serve') return serve(rest)
  if (command === 'grade') {
    const project = await ofProject<{ main(args: string[]): Promise<number> }>('../../classroom/grade/main.ts')
    return project ? project.main(rest) : missing(command)
  }
  if (command === 'classroom') {
    const project = await ofProject<{ main(args: string[], here: string): Promise<number> }>('../../classroom/main.ts')
    return project ? project.main(rest, process.cwd()) : missing(command)
  }
  if (command && COURSE_COMMANDS.includes(command)) {
    const project = await ofProject<{ main(name: string, args: string[]): Promise<number> }>('../../course/main.ts')
    return project ? project.main(command, rest) : missing(command)
  }
  if (command === 'faults') {
    process.stdout.write(faultUsage())
    return 0
  }
  if (FAULTS.some(({ words }) => words[0] === command)) {
    const { fault } = await import('./fault.ts')
    return fault(argv)
  }
  const help = command === undefined || command === 'help' || command === '--help' || command === '-h'
  ;(help ? process.stdout : process.stderr).write(help ? USAGE : `podlab: unknown command "${command}"\n\n${USAGE}`)
  return help ? 0 : 1
}

/** What lies beside the sandbox in a checkout; the sandbox on its own has neither lessons nor courses. */
async function ofProject<T>(path: string): Promise<T | undefined> {
  const entry = new URL(path, import.meta.url)
  return existsSync(entry) ? ((await import(entry.href)) as T) : undefined
}

function missing(command: string): number {
  process.stderr.write(`podlab ${command}: comes with the whole project, not with the sandbox alone\n`)
  return 1
}

/** The cluster is loaded only where it is served: kubectl should start at once. */
async function serve(args: string[]): Promise<number> {
  const { BadFlag, parseServeFlags, serveOptions } = await import('./serve-flags.ts')
  let flags: ReturnType<typeof parseServeFlags>
  try {
    flags = parseServeFlags(args)
  } catch (error) {
    process.stderr.write(`podlab serve: ${(error as Error).message}\n\n${USAGE}`)
    return 1
  }
  if (flags.help) {
    process.stdout.write(USAGE)
    return 0
  }
  try {
    const options = await serveOptions(flags)
    const { serveCluster } = await import('./serve.ts')
    return await serveCluster(options)
  } catch (error) {
    if (!(error instanceof BadFlag)) throw error
    process.stderr.write(`podlab serve: ${error.message}\n`)
    return 1
  }
}

process.exitCode = await main(process.argv.slice(2))
