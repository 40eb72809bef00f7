/** The flags of `podlab serve`: read, checked, and what the files say that they name. */
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { admissionPlugins } from '../api/admission/index.ts'
import { readFeatureGates } from '../cluster/feature-gates.ts'
import type { LessonWorld } from '../scenario/session.ts'
import type { ServeClusterOptions } from './serve.ts'

const FLAGS = {
  port: { type: 'string', default: '6443' },
  kubeconfig: { type: 'string' },
  'node-names': { type: 'string' },
  nodes: { type: 'string' },
  speed: { type: 'string', default: '1' },
  seed: { type: 'string', default: 'podlab' },
  'metrics-server': { type: 'boolean', default: false },
  'storage-class': { type: 'boolean', default: false },
  'feature-gates': { type: 'string', default: '' },
  tls: { type: 'boolean', default: false },
  'client-ca-file': { type: 'string' },
  'token-auth-file': { type: 'string' },
  'disable-admission-plugins': { type: 'string', default: '' },
  'authorization-mode': { type: 'string', default: 'RBAC' },
  runtime: { type: 'string', default: 'simulated' },
  lesson: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

const RUNTIMES = ['simulated', 'process']
const AUTHORIZERS = ['RBAC', 'AlwaysAllow']

export type ServeFlags = ReturnType<typeof parseServeFlags>

/** A flag that cannot be served with; its message says which and why. */
export class BadFlag extends Error {}

/** @throws TypeError for a flag that does not exist or lacks its value */
export const parseServeFlags = (args: string[]) => parseArgs({ args, options: FLAGS }).values

/** @throws BadFlag for the first flag that is wrong, or whose file is */
export async function serveOptions(flags: ServeFlags): Promise<ServeClusterOptions> {
  const wrong = faultOf(flags)
  if (wrong) throw new BadFlag(wrong)
  const featureGates = readFeatureGates(flags['feature-gates'])
  if (typeof featureGates === 'string') throw new BadFlag(`--feature-gates ${flags['feature-gates']}: ${featureGates}`)
  const nodes = nodesOf(flags)
  const tokens = await tokensOf(flags)
  const clientAuthorities = authoritiesOf(flags)
  const lesson = await lessonOf(flags)
  const { kubeconfig } = flags
  return {
    port: Number(flags.port),
    speed: Number(flags.speed),
    seed: flags.seed,
    ...(nodes && { nodes }),
    metricsServer: flags['metrics-server'],
    storageClass: flags['storage-class'],
    featureGates,
    tls: flags.tls,
    ...(clientAuthorities && { clientAuthorities }),
    ...(tokens && { tokens }),
    disabledAdmission: listed(flags['disable-admission-plugins']),
    alwaysAllow: flags['authorization-mode'].split(',').includes('AlwaysAllow'),
    processes: flags.runtime === 'process',
    ...(lesson && { lesson }),
    ...(kubeconfig !== undefined && { kubeconfig }),
  }
}

const listed = (names: string): string[] => names.split(',').filter(Boolean)

/** What is wrong with the flags as they stand, first with each alone, then with those that do not go together. */
function faultOf(flags: ServeFlags): string | undefined {
  const isCount = (n: number): boolean => Number.isInteger(n) && n >= 0
  const port = Number(flags.port)
  if (!isCount(port) || port > 65_535) return `--port ${flags.port} is no port`
  if (!(Number(flags.speed) > 0)) return `--speed ${flags.speed} is no positive number`
  if (flags.nodes !== undefined && !(isCount(Number(flags.nodes)) && Number(flags.nodes)))
    return `--nodes ${flags.nodes} is no positive number`
  if (!flags['authorization-mode'].split(',').every(mode => AUTHORIZERS.includes(mode)))
    return `--authorization-mode is one or more of ${AUTHORIZERS.join(', ')}`
  const known = admissionPlugins.map(({ name }) => name)
  const unknown = listed(flags['disable-admission-plugins']).find(name => !known.includes(name))
  if (unknown) return `disable-admission-plugins plugin "${unknown}" is unknown`
  if (flags['client-ca-file'] !== undefined && !flags.tls) return '--client-ca-file goes with --tls'
  if (!RUNTIMES.includes(flags.runtime)) return `--runtime is one of ${RUNTIMES.join(', ')}`
  if (flags.runtime === 'process' && Number(flags.speed) !== 1)
    return 'real processes keep real time: --speed has to be 1'
  return flags.lesson === undefined ? undefined : faultBesideLesson(flags)
}

/** A lesson brings a cluster of its own, which flags do not change. */
function faultBesideLesson(flags: ServeFlags): string | undefined {
  const shaped =
    flags.nodes !== undefined ||
    flags['node-names'] !== undefined ||
    flags['metrics-server'] ||
    flags['storage-class'] ||
    flags['feature-gates'] ||
    flags['disable-admission-plugins'] ||
    flags['authorization-mode'] !== 'RBAC'
  if (shaped)
    return 'the lesson says which nodes there are, which feature gates are open, who may do what, and whether there is a metrics server or a StorageClass'
  return flags.runtime === 'process' ? 'the cluster of a lesson is simulated' : undefined
}

/** @returns undefined where the cluster has its usual nodes */
function nodesOf({ nodes, 'node-names': names }: ServeFlags): string[] | undefined {
  if (names !== undefined) return listed(names)
  return nodes === undefined ? undefined : Array.from({ length: Number(nodes) }, (_, i) => `node-${i + 1}`)
}

async function tokensOf({ 'token-auth-file': file }: ServeFlags): Promise<ServeClusterOptions['tokens']> {
  if (file === undefined) return undefined
  const { readTokens } = await import('../http/node/credentials.node.ts')
  return orBadFlag('--token-auth-file:', () => readTokens(readFileSync(file, 'utf8')))
}

function authoritiesOf({ 'client-ca-file': file }: ServeFlags): string | undefined {
  return file === undefined ? undefined : orBadFlag('--client-ca-file:', () => readFileSync(file, 'utf8'))
}

async function lessonOf({ lesson: folder }: ServeFlags): Promise<LessonWorld | undefined> {
  if (folder === undefined) return undefined
  const { readFolder, readLesson } = await import('../scenario/lessons/lesson-folder.node.ts')
  const read = () => readLesson({ id: basename(resolve(folder)), files: readFolder(folder) }).world
  return orBadFlag(`${folder} is no lesson:`, read)
}

/** @throws BadFlag with what `read` has thrown, after the words for what was read */
function orBadFlag<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new BadFlag(`${what} ${(error as Error).message}`)
  }
}
