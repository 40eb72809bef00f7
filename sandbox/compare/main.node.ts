/**
 * Asks a real API server and ours the same questions, and prints where they answer otherwise.
 *   npm run compare -- --kubeconfig FILE [--update] [words …]
 *   words     only manifests whose kind or name holds one of them
 *   --update  changes objects that are there, instead of making new ones
 * Nothing is kept on the real one but, with --update, the objects of the manifests. It should be one that may be thrown away, with no objects of
 * their names and no controllers running: the API server, etcd and the account `default` of the namespace `default` are enough.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseAllDocuments } from 'yaml'
import { createCluster } from '../cluster.ts'
import { serve } from '../http/node.ts'
import { type Answer, differences } from './answers.ts'
import { type Json, type Manifest, type Question, questions } from './questions.ts'

const AT_ONCE = 6
const CHECKED = '?dryRun=All&fieldValidation=Strict'

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

async function ask(server: string, method: string, path: string, body?: Json): Promise<Answer> {
  const response = await fetch(server + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  let parsed: Json
  try {
    parsed = JSON.parse(text) as Json
  } catch {
    parsed = text
  }
  return { code: response.status, warnings: response.headers.get('warning')?.split(', ') ?? [], body: parsed }
}

interface Resources {
  resources: { name: string; kind: string; namespaced: boolean }[]
}

async function pathOf(server: string, { apiVersion, kind }: Manifest): Promise<string> {
  const base = `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`
  const { resources } = (await ask(server, 'GET', base)).body as unknown as Resources
  const found = resources.find(r => r.kind === kind && !r.name.includes('/'))
  if (!found) throw new Error(`${server} serves no ${kind} of ${apiVersion}`)
  return `${base}${found.namespaced ? '/namespaces/default' : ''}/${found.name}`
}

/** The real server, on a port without credentials. */
function proxy(kubeconfig: string): Promise<{ server: string; child: ChildProcess }> {
  const child = spawn('kubectl', ['--kubeconfig', kubeconfig, 'proxy', '--port', '0'], { stdio: ['ignore', 'pipe', 2] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`kubectl proxy ended with ${code}`)))
    child.stdout!.on('data', data => {
      const address = /127\.0\.0\.1:\d+/.exec(String(data))
      if (address) resolve({ server: `http://${address[0]}`, child })
    })
  })
}

async function own(): Promise<{ server: string; close(): Promise<void> }> {
  const cluster = createCluster({ seed: 'compare' })
  const { port, close } = await serve({ api: cluster.api, port: 0, onActivity: () => {}, onFault: () => undefined })
  await cluster.clock.advance(1000)
  return { server: `http://127.0.0.1:${port}`, close }
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
  method: string
  path: string
  question: Question
  /** The real server's object, and ours. */
  of: readonly [Json, Json]
}

async function tasksOf(manifest: Manifest, servers: readonly [string, string], update: boolean): Promise<Task[]> {
  const path = await pathOf(servers[0], manifest)
  const own = (manifest.metadata as { name?: string } | undefined)?.name
  const name = `${manifest.apiVersion} ${manifest.kind} ${own ?? ''}`
  if (!update)
    return [...questions(manifest)].map(question => ({
      name,
      method: 'POST',
      path: path + CHECKED,
      question,
      of: [manifest, manifest],
    }))
  if (!own) return []
  const kept = await Promise.all(
    servers.map(async server => {
      await ask(server, 'POST', path, manifest)
      return sent((await ask(server, 'GET', `${path}/${own}`)).body) ?? null
    }),
  )
  const of = [kept[0]!, kept[1]!] as const
  return [...questions(of[0])].map(question => ({
    name,
    method: 'PUT',
    path: `${path}/${own}${CHECKED}`,
    question,
    of,
  }))
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { kubeconfig: { type: 'string' }, update: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  if (!values.kubeconfig) throw new Error('--kubeconfig FILE: which real cluster to ask')
  const [real, ours] = await Promise.all([proxy(values.kubeconfig), own()])
  const servers = [real.server, ours.server] as const
  const tasks: Task[] = []
  for (const manifest of manifests(positionals)) tasks.push(...(await tasksOf(manifest, servers, values.update)))
  let next = 0
  let wrong = 0
  const worker = async (): Promise<void> => {
    for (let task = tasks[next++]; task; task = tasks[next++]) {
      const { name, method, path, question, of } = task
      const [a, b] = [question.of(of[0]), question.of(of[1])]
      if (a === undefined || b === undefined) continue
      const [theirs, own] = await Promise.all([ask(servers[0], method, path, a), ask(servers[1], method, path, b)])
      const lines = differences(theirs, own)
      if (!lines.length) continue
      wrong++
      console.log(`${name}: ${question.change}\n${lines.map(line => `  ${line}`).join('\n')}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  console.log(`${tasks.length} questions, ${wrong} answered otherwise`)
  real.child.removeAllListeners('exit').kill()
  await ours.close()
}

if (import.meta.main) await main()
