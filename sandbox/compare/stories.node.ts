/** Stories of requests, told to both servers. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Answer, differences, outline } from './answers.ts'
import { type Asked, asJson, ask, type Server } from './servers.node.ts'
import { askedIn, kept, named, type Story } from './stories.ts'

const AT_ONCE = 12

export function stories(): Story[] {
  const folder = join(import.meta.dirname, 'stories')
  return readdirSync(folder).flatMap(
    file => parse(readFileSync(join(folder, file), 'utf8'), { merge: true }) as Story[],
  )
}

interface Discovered {
  groups: { versions: { groupVersion: string }[] }[]
  resources: { name: string; kind: string; namespaced: boolean; verbs: string[] }[]
}

/** The same few requests to every resource that a server has. */
async function ofEveryKind(server: Server): Promise<Story[]> {
  const discovered = async (path: string): Promise<Discovered> =>
    (await ask(server, asJson('GET', path))).body as unknown as Discovered
  const { groups } = await discovered('/apis')
  const versions = ['/api/v1', ...groups.flatMap(g => g.versions.map(v => `/apis/${v.groupVersion}`))]
  const all: Story[] = []
  for (const version of versions) {
    // What another server would have to answer is not asked.
    const { resources = [] } = await discovered(version)
    for (const { name, namespaced, kind } of resources.filter(r => !r.name.includes('/'))) {
      const at = `${version}${namespaced ? '/namespaces/$ns' : ''}/${name}`
      const fields = ['metadata.name', 'metadata.namespace', 'spec.zzz', 'status.phase', 'type', 'name']
      all.push({
        story: `every kind: ${kind} of ${version}`,
        at,
        steps: [
          { GET: '?limit=500&labelSelector=no%3Done', accept: 'table' },
          ...fields.map(field => ({ GET: `?fieldSelector=${field}%3Dno-one` })),
          { GET: '?watch=1&fieldSelector=spec.zzz%3Da' },
          { GET: '/no-one' },
          { DELETE: '/no-one' },
          { PUT: '/no-one', body: {} },
          { PUT: '/no-one', body: { metadata: { name: 'no-one' } } },
          { PATCH: '/no-one', as: 'merge', body: {} },
          { PATCH: '/no-one', body: {} },
          { POST: '?dryRun=All', body: {} },
          { POST: '?dryRun=All', body: { metadata: { name: 'no-one' } } },
          { POST: '/no-one', body: {} },
          { GET: '/no-one/status' },
          { PUT: '/no-one/status', body: { metadata: { name: 'no-one' } } },
          { GET: '/no-one/scale' },
        ],
      })
    }
  }
  return all
}

const inRealTime = (seconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, seconds * 1000))

/** What a server answers to each step. */
export async function told(
  asking: (asked: Asked) => Promise<Answer>,
  story: Story,
  namespace: string,
  pass: (seconds: number) => Promise<void> = inRealTime,
): Promise<Answer[]> {
  const known = new Map([['ns', namespace]])
  const metadata = { name: namespace }
  await asking(asJson('POST', '/api/v1/namespaces', { metadata }))
  const account = { metadata: { name: 'default' } }
  await asking(asJson('POST', `/api/v1/namespaces/${namespace}/serviceaccounts`, account))
  const answers: Answer[] = []
  for (const step of story.steps) {
    if (step.wait) await pass(step.wait)
    const answer = await asking(askedIn(story, step, known))
    for (const [name, value] of kept(step, answer)) known.set(name, value)
    answers.push(named(answer, known))
  }
  return answers
}

const RECORDED = join(import.meta.dirname, 'recorded.json')

/** What a real server answered, each step in a line. */
export const recorded = (): Record<string, string[]> =>
  JSON.parse(readFileSync(RECORDED, 'utf8')) as Record<string, string[]>

const chosen =
  (words: readonly string[]) =>
  ({ story }: Story): boolean =>
    !words.length || words.some(word => story.toLowerCase().includes(word.toLowerCase()))

/** Asks a real server alone, and keeps what it says; of the others what they said before. */
export async function record(server: Server, words: readonly string[]): Promise<void> {
  const answers = words.length ? recorded() : {}
  for (const [i, story] of stories().filter(chosen(words)).entries()) {
    const namespace = `story-${process.pid}-${i}`
    answers[story.story] = (await told(asked => ask(server, asked), story, namespace)).map(outline)
  }
  writeFileSync(RECORDED, `${JSON.stringify(answers, null, 1)}\n`)
}

/** Prints what differs. @param pass lets time pass where it is ours */
export async function compareStories(
  servers: readonly [Server, Server],
  words: readonly string[],
  pass: (seconds: number) => Promise<void>,
): Promise<void> {
  let asked = 0
  let wrong = 0
  const tell = async (story: Story, i: number): Promise<void> => {
    const namespace = `story-${process.pid}-${i}`
    const [real, ours] = await Promise.all(
      servers.map((server, own) => told(asked => ask(server, asked), story, namespace, own ? pass : inRealTime)),
    )
    for (const [at, step] of story.steps.entries()) {
      asked++
      const lines = differences(real![at]!, ours![at]!)
      if (!lines.length) continue
      wrong++
      console.log(
        `${story.story}, ${at + 1}: ${JSON.stringify(step).slice(0, 300)}\n${lines.map(line => `  ${line}`).join('\n')}`,
      )
    }
  }
  const all = [...stories(), ...(await ofEveryKind(servers[0]))].filter(chosen(words))
  const queue = all.entries()
  const worker = async (): Promise<void> => {
    for (const [i, story] of queue) await tell(story, i)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  console.log(`${asked} requests, ${wrong} answered otherwise`)
}
