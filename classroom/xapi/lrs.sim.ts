/** A record store for tests, written from xAPI 1.0.3 and cmi5: it refuses what they forbid, and tells at the end what a course run lacks. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'

const CATEGORY = 'https://w3id.org/xapi/cmi5/context/categories/'
const EXTENSION = 'https://w3id.org/xapi/cmi5/context/extensions/'
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const iri = z.url()
const duration = z.string().regex(/^PT\d+(\.\d{1,2})?S$/)
const activity = z.strictObject({
  objectType: z.literal('Activity').optional(),
  id: iri,
  definition: z.strictObject({ type: iri.optional(), name: z.record(z.string(), z.string()) }).optional(),
})
const statement = z.strictObject({
  id: uuid,
  actor: z.strictObject({
    objectType: z.literal('Agent'),
    name: z.string(),
    account: z.strictObject({ homePage: iri, name: z.string().min(1) }),
  }),
  verb: z.strictObject({ id: iri, display: z.record(z.string(), z.string()) }),
  object: activity,
  result: z
    .strictObject({
      success: z.boolean().optional(),
      completion: z.boolean().optional(),
      score: z.strictObject({ scaled: z.number().min(-1).max(1) }).optional(),
      duration: duration.optional(),
      extensions: z.record(iri, z.unknown()).optional(),
    })
    .optional(),
  context: z.strictObject({
    registration: uuid,
    platform: z.string(),
    contextActivities: z.partialRecord(z.enum(['category', 'grouping', 'parent']), z.array(activity)),
    extensions: z.record(iri, z.unknown()),
  }),
  timestamp: z.iso.datetime(),
})
type Kept = z.infer<typeof statement>

const verbOf = ({ verb }: Kept): string => verb.id.split('/').at(-1)!
const sessionOf = ({ context }: Kept): unknown => context.extensions[`${EXTENSION}sessionid`]
const inCategory = ({ context }: Kept, name: string): boolean =>
  context.contextActivities.category?.some(({ id }) => id === CATEGORY + name) ?? false

/** What cmi5 forbids in a statement that it defines. */
function faultsOf(s: Kept): string[] {
  const verb = verbOf(s)
  const { result, context, object } = s
  const extension = (name: string): unknown => context.extensions[EXTENSION + name]
  const wrong: Record<string, boolean> = {
    'no verb of cmi5': !/^(launched|initialized|completed|passed|failed|abandoned|waived|terminated|satisfied)$/.test(
      verb,
    ),
    'no publisher id in grouping': !(
      verb === 'satisfied' || context.contextActivities.grouping?.some(({ id }) => id !== object.id)
    ),
    'category moveon where it does not belong':
      inCategory(s, 'moveon') !== (result?.success !== undefined || result?.completion !== undefined),
    'launched without its terms':
      verb === 'launched' && !(extension('launchmode') && extension('launchurl') && extension('moveon')),
    'a score for what has none': Boolean(result?.score) && verb !== 'passed' && verb !== 'failed',
    'completed is completion': verb === 'completed' && result?.completion !== true,
    'passed is success': verb === 'passed' && result?.success !== true,
    'passed below mastery': verb === 'passed' && !((result?.score?.scaled ?? 1) >= Number(extension('masteryscore'))),
    'no duration': /^(completed|passed|failed|terminated)$/.test(verb) && result?.duration === undefined,
  }
  return Object.entries(wrong).flatMap(([fault, is]) => (is ? [`${verb}: ${fault}`] : []))
}

export class RecordStore {
  readonly kept = new Map<string, Kept>()
  readonly #key: string
  #server: Server | undefined
  constructor(key: string, secret: string) {
    this.#key = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
  }

  /** @returns its host and port */
  async open(): Promise<string> {
    this.#server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      const { status, text } = this.#take(request.url, request.headers, body)
      response.writeHead(status).end(text)
    })
    await new Promise<void>(done => this.#server!.listen(0, '127.0.0.1', done))
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }
  close(): void {
    this.#server?.close()
  }

  #take(url: string | undefined, headers: NodeJS.Dict<string | string[]>, body: string) {
    if (headers.authorization !== this.#key) return { status: 401, text: 'no' }
    if (url !== '/xapi/statements') return { status: 404, text: `no ${url}` }
    if (headers['x-experience-api-version'] !== '1.0.3') return { status: 400, text: 'no version' }
    const { data, error } = z.array(statement).safeParse(JSON.parse(body))
    if (!data) return { status: 400, text: z.prettifyError(error) }
    const wrong = data.filter(s => inCategory(s, 'cmi5')).flatMap(faultsOf)
    const unbound = data.filter(s => !uuid.safeParse(sessionOf(s)).success).map(s => `${verbOf(s)}: no session`)
    if (wrong.length || unbound.length) return { status: 400, text: [...wrong, ...unbound].join('; ') }
    const other = data.find(s => this.kept.has(s.id) && JSON.stringify(this.kept.get(s.id)) !== JSON.stringify(s))
    if (other) return { status: 409, text: `${other.id} is another one already` }
    for (const s of data) this.kept.set(s.id, s)
    return { status: 200, text: JSON.stringify(data.map(s => s.id)) }
  }

  /** The verbs of each session in which they were said, parts of a lesson in brackets; and what is out of order. */
  runs(): { sessions: string[]; faults: string[] } {
    const bySession = Map.groupBy(this.kept.values(), sessionOf)
    const faults: string[] = []
    const sessions = [...bySession.values()].map(statements => {
      const defined = statements.filter(s => inCategory(s, 'cmi5')).map(verbOf)
      if (defined[0] !== 'launched' || defined[1] !== 'initialized') faults.push(`begins with ${defined.slice(0, 2)}`)
      if (new Set(defined).size !== defined.length) faults.push(`said twice: ${defined}`)
      const end = statements.findIndex(s => verbOf(s) === 'terminated')
      if (end >= 0 && statements.slice(end + 1).some(s => verbOf(s) !== 'satisfied'))
        faults.push('goes on after its end')
      if (new Set(statements.map(s => s.context.registration)).size !== 1) faults.push('of two registrations')
      return statements.map(s => (inCategory(s, 'cmi5') ? verbOf(s) : `(${verbOf(s)})`)).join(' ')
    })
    return { sessions, faults }
  }
}
