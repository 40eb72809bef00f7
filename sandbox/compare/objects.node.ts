/** Creations and updates of objects with one place changed. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseAllDocuments } from 'yaml'
import { differences } from './answers.ts'
import { type Json, type Manifest, type Question, questions } from './questions.ts'
import { type Asked, asJson, ask, type Server } from './servers.node.ts'

const AT_ONCE = 6
const CHECKED = '?dryRun=All&fieldValidation=Strict'

/** How a manifest with a change is sent. */
const WAYS = {
  create: { method: 'POST', type: 'application/json', query: '' },
  update: { method: 'PUT', type: 'application/json', query: '' },
  apply: { method: 'PATCH', type: 'application/apply-patch+yaml', query: '&fieldManager=another' },
  merge: { method: 'PATCH', type: 'application/merge-patch+json', query: '' },
  strategic: { method: 'PATCH', type: 'application/strategic-merge-patch+json', query: '' },
} as const
export type Way = keyof typeof WAYS
export const isWay = (word: string): word is Way => word in WAYS

export function manifests(words: readonly string[] = []): Manifest[] {
  const folder = join(import.meta.dirname, 'manifests')
  return readdirSync(folder)
    .flatMap(file => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map(document => document.toJS() as Manifest)
    .filter(({ kind, metadata }) => {
      const name = `${kind} ${(metadata as { name?: string } | undefined)?.name ?? ''}`.toLowerCase()
      return !words.length || words.some(word => name.includes(word.toLowerCase()))
    })
}

interface Resources {
  resources: { name: string; kind: string; namespaced: boolean }[]
}

async function pathOf(server: Server, { apiVersion, kind }: Manifest): Promise<string> {
  const base = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`
  const { resources } = (await ask(server, asJson('GET', base))).body as unknown as Resources
  const found = resources.find(r => r.kind === kind && !r.name.includes('/'))
  if (!found) throw new Error(`${server.url} serves no ${kind} of ${apiVersion}`)
  return `${base}${found.namespaced ? '/namespaces/default' : ''}/${found.name}`
}

/** What a client sends of an object that it has read. */
function sent(object: Json | undefined): Json | undefined {
  if (!object || typeof object !== 'object' || Array.isArray(object)) return object
  const { status: _status, ...rest } = object
  const { metadata } = rest
  if (!metadata || typeof metadata !== 'object' || Array.isArray(metadata)) return rest
  const { uid: _uid, resourceVersion: _version, creationTimestamp: _at, managedFields: _managed, ...others } = metadata
  return { ...rest, metadata: others }
}

interface Task {
  name: string
  path: string
  question: Question
  /** The real server's object, and ours. */
  of: readonly [Json, Json]
}

const nameOf = ({ metadata }: Manifest): string | undefined => (metadata as { name?: string } | undefined)?.name

async function tasksOf(manifest: Manifest, servers: readonly [Server, Server], by: Way): Promise<Task[]> {
  const path = await pathOf(servers[0], manifest)
  const own = nameOf(manifest)
  const name = `${manifest.apiVersion} ${manifest.kind} ${own ?? ''}`
  if (by === 'create')
    return [...questions(manifest)].map(question => ({
      name,
      path: path + CHECKED,
      question,
      of: [manifest, manifest],
    }))
  if (!own) return []
  const kept = await Promise.all(
    servers.map(async server => sent((await ask(server, asJson('GET', `${path}/${own}`))).body) ?? null),
  )
  const of = by === 'update' ? ([kept[0]!, kept[1]!] as const) : ([manifest, manifest] as const)
  return [...questions(of[0])].map(question => ({ name, path: `${path}/${own}${CHECKED}`, question, of }))
}

/** Groups whose objects the API server itself says something about, which takes it a moment. */
const LOOKED_AFTER = /^(?:apiextensions|apiregistration|flowcontrol)\b/
const LOOKED_AFTER_WITHIN_S = 3

/** No other controllers run beside the real server, so no time passes on ours once there is something for them. */
async function makeAll(servers: readonly Server[], made: readonly Manifest[], pass: Pass): Promise<void> {
  const make = async (manifest: Manifest): Promise<void> => {
    const path = await pathOf(servers[0]!, manifest)
    await Promise.all(servers.map(server => ask(server, asJson('POST', path, manifest))))
  }
  for (const manifest of made) if (LOOKED_AFTER.test(manifest.apiVersion)) await make(manifest)
  await Promise.all([pass(LOOKED_AFTER_WITHIN_S), setTimeout(LOOKED_AFTER_WITHIN_S * 1000)])
  for (const manifest of made) if (!LOOKED_AFTER.test(manifest.apiVersion)) await make(manifest)
}

type Pass = (seconds: number) => Promise<void>

/** Prints what differs. */
export async function compareObjects(
  servers: readonly [Server, Server],
  { words, by, every }: { words: readonly string[]; by: Way; every: number },
  pass: Pass,
): Promise<void> {
  const { method, type, query } = WAYS[by]
  const chosen = manifests(words)
  if (by !== 'create') await makeAll(servers, chosen.filter(nameOf), pass)
  const tasks: Task[] = []
  for (const manifest of chosen) tasks.push(...(await tasksOf(manifest, servers, by)))
  const asked = tasks.filter((_, i) => i % every === 0)
  let next = 0
  let wrong = 0
  const worker = async (): Promise<void> => {
    for (let task = asked[next++]; task; task = asked[next++]) {
      const { name, path, question, of } = task
      const [a, b] = [question.of(of[0]), question.of(of[1])]
      if (a === undefined || b === undefined) continue
      const sent = (body: Json): Asked => ({ ...asJson(method, path + query, body), headers: { 'content-type': type } })
      const [theirs, own] = await Promise.all([ask(servers[0], sent(a)), ask(servers[1], sent(b))])
      const lines = differences(theirs, own)
      if (!lines.length) continue
      wrong++
      console.log(`${name}: ${question.change}\n${lines.map(line => `  ${line}`).join('\n')}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  console.log(`${asked.length} questions, ${wrong} answered otherwise`)
}
