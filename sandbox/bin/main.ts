/** The `podlab` command: `serve` a cluster on a port, or `kubectl` against any cluster. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readFeatureGates } from '../cluster/feature-gates.ts'
import type { ServeOptions } from '../http/node.ts'
import { FAULTS, faultUsage } from '../scenario/faults.ts'
import type { LessonWorld } from '../scenario/session.ts'

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
    const { main: kubectl } = await import('../kubectl/main.node.ts')
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

const RUNTIMES = ['simulated', 'process']
const AUTHORIZERS = ['RBAC', 'AlwaysAllow']

async function serve(args: string[]): Promise<number> {
  let values: Record<string, string | boolean | undefined>
  try {
    values = parseArgs({
      args,
      options: {
        port: { type: 'string', default: '6443' },
        kubeconfig: { type: 'string' },
        'node-names': { type: 'string' },
        nodes: { type: 'string' },
        speed: { type: 'string', default: '1' },
        seed: { type: 'string', default: 'podlab' },
        'metrics-server': { type: 'boolean' },
        'storage-class': { type: 'boolean' },
        'feature-gates': { type: 'string', default: '' },
        tls: { type: 'boolean', default: false },
        'client-ca-file': { type: 'string' },
        'token-auth-file': { type: 'string' },
        'disable-admission-plugins': { type: 'string', default: '' },
        'authorization-mode': { type: 'string', default: 'RBAC' },
        runtime: { type: 'string', default: 'simulated' },
        lesson: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values
  } catch (error) {
    process.stderr.write(`podlab serve: ${(error as Error).message}\n\n${USAGE}`)
    return 1
  }
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const port = Number(values.port)
  const speed = Number(values.speed)
  const count = values.nodes === undefined ? undefined : Number(values.nodes)
  const { admissionPlugins } = await import('../api/admission/index.ts')
  const disabledAdmission = String(values['disable-admission-plugins']).split(',').filter(Boolean)
  const unknownPlugin = disabledAdmission.find(name => !admissionPlugins.some(plugin => plugin.name === name))
  const modes = String(values['authorization-mode']).split(',')
  const wrong =
    (!(Number.isInteger(port) && port >= 0 && port < 65536) && `--port ${values.port} is no port`) ||
    (!(speed > 0) && `--speed ${values.speed} is no positive number`) ||
    (count !== undefined &&
      !(Number.isInteger(count) && count > 0) &&
      `--nodes ${values.nodes} is no positive number`) ||
    (!modes.every(mode => AUTHORIZERS.includes(mode)) &&
      `--authorization-mode is one or more of ${AUTHORIZERS.join(', ')}`) ||
    (unknownPlugin && `disable-admission-plugins plugin "${unknownPlugin}" is unknown`) ||
    (values['client-ca-file'] !== undefined && !values.tls && '--client-ca-file goes with --tls') ||
    (!RUNTIMES.includes(String(values.runtime)) && `--runtime is one of ${RUNTIMES.join(', ')}`) ||
    (values.runtime === 'process' && speed !== 1 && 'real processes keep real time: --speed has to be 1') ||
    (values.lesson !== undefined &&
      (values.nodes !== undefined ||
        values['node-names'] !== undefined ||
        values['metrics-server'] ||
        values['storage-class'] ||
        values['feature-gates'] ||
        values['disable-admission-plugins'] ||
        values['authorization-mode'] !== 'RBAC') &&
      'the lesson says which nodes there are, which feature gates are open, who may do what, and whether there is a metrics server or a StorageClass') ||
    (values.lesson !== undefined && values.runtime === 'process' && 'the cluster of a lesson is simulated')
  const featureGates = readFeatureGates(String(values['feature-gates']))
  if (wrong || typeof featureGates === 'string') {
    process.stderr.write(`podlab serve: ${wrong || `--feature-gates ${values['feature-gates']}: ${featureGates}`}\n`)
    return 1
  }
  const named = typeof values['node-names'] === 'string' ? values['node-names'].split(',').filter(Boolean) : undefined
  const nodes = named ?? (count ? Array.from({ length: count }, (_, i) => `node-${i + 1}`) : undefined)
  const { kubeconfig } = values
  // The cluster is loaded only where it is served: kubectl should start at once.
  const { serveCluster } = await import('./serve.ts')
  let tokens: ServeOptions['tokens']
  if (typeof values['token-auth-file'] === 'string') {
    const { readTokens } = await import('../http/credentials.node.ts')
    try {
      tokens = readTokens(readFileSync(values['token-auth-file'], 'utf8'))
    } catch (error) {
      process.stderr.write(`podlab serve: --token-auth-file: ${(error as Error).message}\n`)
      return 1
    }
  }
  let clientAuthorities: string | undefined
  if (typeof values['client-ca-file'] === 'string') {
    try {
      clientAuthorities = readFileSync(values['client-ca-file'], 'utf8')
    } catch (error) {
      process.stderr.write(`podlab serve: --client-ca-file: ${(error as Error).message}\n`)
      return 1
    }
  }
  let lesson: LessonWorld | undefined
  if (typeof values.lesson === 'string') {
    const { readFolder, readLesson } = await import('../scenario/lesson-folder.node.ts')
    try {
      lesson = readLesson({ id: basename(resolve(values.lesson)), files: readFolder(values.lesson) }).world
    } catch (error) {
      process.stderr.write(`podlab serve: ${values.lesson} is no lesson: ${(error as Error).message}\n`)
      return 1
    }
  }
  return serveCluster({
    port,
    speed,
    seed: String(values.seed),
    ...(nodes && { nodes }),
    metricsServer: values['metrics-server'] === true,
    storageClass: values['storage-class'] === true,
    featureGates,
    tls: values.tls === true,
    ...(clientAuthorities && { clientAuthorities }),
    ...(tokens && { tokens }),
    disabledAdmission,
    alwaysAllow: modes.includes('AlwaysAllow'),
    processes: values.runtime === 'process',
    ...(lesson && { lesson }),
    ...(typeof kubeconfig === 'string' && { kubeconfig }),
  })
}

process.exitCode = await main(process.argv.slice(2))
