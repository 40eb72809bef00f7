/** Stories of requests, told to both servers. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Answer, differences } from './answers.ts'
import { asJson, ask } from './servers.node.ts'
import { askedIn, kept, named, type Story } from './stories.ts'

export function stories(words: readonly string[] = []): Story[] {
  const folder = join(import.meta.dirname, 'stories')
  return readdirSync(folder)
    .flatMap(file => parse(readFileSync(join(folder, file), 'utf8')) as Story[])
    .filter(({ story }) => !words.length || words.some(word => story.toLowerCase().includes(word.toLowerCase())))
}

/** What a server answers to each step. */
export async function told(server: string, story: Story, namespace: string): Promise<Answer[]> {
  const known = new Map([['ns', namespace]])
  const metadata = { name: namespace }
  await ask(server, asJson('POST', '/api/v1/namespaces', { metadata }))
  const account = { metadata: { name: 'default' } }
  await ask(server, asJson('POST', `/api/v1/namespaces/${namespace}/serviceaccounts`, account))
  const answers: Answer[] = []
  for (const step of story.steps) {
    const answer = await ask(server, askedIn(story, step, known))
    for (const [name, value] of kept(step, answer)) known.set(name, value)
    answers.push(named(answer, known))
  }
  return answers
}

/** Prints what differs. */
export async function compareStories(servers: readonly [string, string], words: readonly string[]): Promise<void> {
  let asked = 0
  let wrong = 0
  const tell = async (story: Story, i: number): Promise<void> => {
    const namespace = `story-${process.pid}-${i}`
    const [real, ours] = await Promise.all(servers.map(server => told(server, story, namespace)))
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
  await Promise.all(stories(words).map(tell))
  console.log(`${asked} requests, ${wrong} answered otherwise`)
}
