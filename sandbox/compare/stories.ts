/** Stories of requests, one after the other, each in a namespace of its own: what they say, and how an answer is kept for the next. */
import type { Answer } from './answers.ts'
import type { Json } from './questions.ts'
import type { Asked } from './servers.node.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const

/** `{ GET: '?limit=1', keep: { token: metadata.continue } }`; `$token` and `$ns` stand for what is known. */
export interface Step extends Partial<Record<(typeof METHODS)[number], string>> {
  /** Sent as JSON; a text is sent as it is. */
  body?: Json
  /** The body's media type, or its short name. */
  as?: string
  accept?: string
  headers?: Record<string, string>
  /** Seconds that pass before it is asked. */
  wait?: number
  /** Names of what is kept of the answer, and where it stands. */
  keep?: Record<string, string>
}

export interface Story {
  story: string
  /** What every path of the story begins with, unless it is marked with ^. */
  at: string
  steps: Step[]
}

export type Known = ReadonlyMap<string, string>

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
  yaml: 'application/yaml',
}
const FORMS: Readonly<Record<string, string>> = {
  table: 'application/json;as=Table;v=v1;g=meta.k8s.io',
  metadata: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
  metadataList: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io',
}

const filledIn = (text: string, known: Known): string =>
  text.replace(/\$([a-z]\w*)/g, (whole, name: string) => known.get(name) ?? whole)

export function askedIn({ at }: Pick<Story, 'at'>, step: Step, known: Known): Asked {
  const method = METHODS.find(m => step[m] !== undefined)
  if (!method) throw new Error(`no method in ${JSON.stringify(step)}`)
  const path = step[method]!
  const { body, as, accept, headers = {} } = step
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  return {
    method,
    path: filledIn(path.startsWith('^') ? path.slice(1) : at + path, known),
    headers: {
      'user-agent': 'compare/1',
      ...(text !== undefined && { 'content-type': TYPES[as ?? ''] ?? as ?? 'application/json' }),
      ...(accept !== undefined && { accept: FORMS[accept] ?? accept }),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, filledIn(value, known)])),
    },
    ...(text !== undefined && { body: filledIn(text, known) }),
  }
}

function at(root: Json, path: string): Json | undefined {
  let here: Json | undefined = root
  for (const key of path.split('.')) here = (here as Record<string, Json> | null | undefined)?.[key]
  return here
}

export function kept({ keep = {} }: Step, answer: Answer): [string, string][] {
  return Object.entries(keep).map(([name, path]) => [name, String(at(answer.body, path) ?? '')])
}

/** A revision might also be a number that means something else. */
const wherever = (value: string): RegExp => {
  const plain = value.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  return new RegExp(/^\d+$/.test(value) ? `(?<![:\\d])${plain}(?!\\d)` : plain, 'g')
}

/** What one server alone made up is called by the name under which it is known. */
export function named(answer: Answer, known: Known): Answer {
  const own = [...known].filter(([, value]) => value.length > 2)
  if (!own.length) return answer
  const text = own.reduce((all, [name, value]) => all.replace(wherever(value), `$$${name}`), JSON.stringify(answer))
  return JSON.parse(text) as Answer
}
