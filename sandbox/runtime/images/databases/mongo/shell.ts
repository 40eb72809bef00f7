/** mongosh: calls of methods with values that are written out, from --eval, a pipe or a prompt. It runs no JavaScript. */
import type { Process } from '../../../processes/process.ts'
import type { CarryingProgram } from '../../../programs.ts'
import { type Client, login } from '../sql/login.ts'
import { readLines, readSecret, words } from '../sql/words.ts'
import type { Answer, Call } from './server.ts'
import { Reader, show, Unreadable, type Value } from './value.ts'

interface Session {
  process: Process
  client: Client
  database: string
}

/** `db.users.find({…}).limit(2)`; undefined when it is something else. */
function callOf(text: string, database: string): (Call & { field?: string }) | undefined {
  const reader = new Reader(text)
  if (reader.word() !== 'db') return undefined
  const names: string[] = []
  const calls: { method: string; args: Value[] }[] = []
  let field: string | undefined
  let place = database
  while (reader.at < text.length) {
    if (!reader.eats('.')) return undefined
    const name = reader.word()
    if (name === undefined) return undefined
    if (!reader.eats('(')) {
      if (calls.length) field = name
      else names.push(name)
      continue
    }
    const args: Value[] = []
    while (!reader.eats(')')) {
      args.push(reader.value())
      reader.eats(',')
    }
    if (name === 'getSiblingDB' && !calls.length) place = String(args[0])
    else if (name === 'getCollection' && !calls.length) names.push(String(args[0]))
    else calls.push({ method: name, args })
  }
  const [first, ...then] = calls
  if (!first) return undefined
  const collection = names.join('.')
  return {
    database: place,
    method: first.method,
    args: first.args,
    then,
    ...(collection && { collection }),
    ...(field && { field }),
  }
}

/** Of what is still to be fetched nothing is shown where there is nothing. */
const isCursor = ({ method, then = [] }: Call): boolean =>
  /^(find|aggregate)$/.test(method) && !then.some(next => next.method === 'toArray')

async function ask({ client }: Session, call: Call): Promise<Answer> {
  const line = await client.line(JSON.stringify(call))
  return line === undefined ? { error: 'MongoNetworkError: connection closed' } : (JSON.parse(line) as Answer)
}

/** @returns what is printed, and whether it went wrong */
async function evaluate(session: Session, text: string): Promise<{ out: string; failed: boolean; end?: true }> {
  const good = (out: string) => ({ out, failed: false })
  const bad = (out: string) => ({ out, failed: true })
  const [, use] = /^use\s+(\w+)$/.exec(text) ?? []
  if (use !== undefined) {
    session.database = use
    return good(`switched to db ${use}`)
  }
  if (/^(exit|quit)(\(\))?$/.test(text)) return { ...good(''), end: true }
  if (text === 'db') return good(session.database)
  const { database } = session
  const [, shown] = /^show\s+(dbs|databases|collections|tables)$/.exec(text) ?? []
  if (shown !== undefined) {
    const method = /^d/.test(shown) ? 'databases' : 'getCollectionNames'
    const { value, error } = await ask(session, { database, method, args: [] })
    if (error !== undefined) return bad(error)
    return good(
      (value as string[]).map(name => (method === 'databases' ? `${name.padEnd(8)} 40.00 KiB` : name)).join('\n'),
    )
  }
  const [, printed] = /^(?:print|printjson)\(([\s\S]*)\)$/.exec(text) ?? []
  if (printed !== undefined) return evaluate(session, printed.trim())
  let call: ReturnType<typeof callOf>
  try {
    call = callOf(text, database)
  } catch (error) {
    // What cannot be read is JavaScript, which is refused below.
    if (!(error instanceof Unreadable)) throw error
  }
  if (!call) return bad(`mongosh: running JavaScript is not simulated: ${text}`)
  const { value, error } = await ask(session, call)
  if (error !== undefined) return bad(error)
  if (call.field !== undefined) return good(show((value as { [name: string]: Value })[call.field]))
  if (typeof value === 'string') return good(value)
  return good(Array.isArray(value) && !value.length && isCursor(call) ? '' : show(value))
}

/** Statements of a text: by lines and semicolons that are not within something. */
function statements(text: string): { whole: string[]; rest: string } {
  const whole: string[] = []
  let depth = 0
  let quote = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (quote) {
      if (c === '\\') i++
      else if (c === quote) quote = ''
    } else if ('"\'`'.includes(c)) quote = c
    else if ('({['.includes(c)) depth++
    else if (')}]'.includes(c)) depth--
    else if (depth <= 0 && (c === ';' || c === '\n')) {
      whole.push(text.slice(from, i))
      from = i + 1
    }
  }
  return { whole: whole.map(one => one.trim()).filter(Boolean), rest: text.slice(from) }
}

/** Of several statements at once only the last shows what it came to, and those that print. */
async function run(session: Session, texts: readonly string[]): Promise<{ failed: boolean; end: boolean }> {
  for (const [i, text] of texts.entries()) {
    const { out, failed, end } = await evaluate(session, text)
    const isShown = failed || i === texts.length - 1 || /^print/.test(text)
    if (out && isShown) await session.process.write(failed ? 2 : 1, `${out}\n`)
    if (failed || end) return { failed, end: end ?? false }
  }
  return { failed: false, end: false }
}

export const mongosh: CarryingProgram = async (process, version) => {
  const given = words(process.argv.slice(1), { values: 'up', joined: '' })
  if (given.has('', 'version')) return process.write(1, `${version}\n`).then(() => 0)
  const uri = /^mongodb:\/\/(?:([^@]*)@)?([^:/]+)(?::(\d+))?(?:\/(\w+))?/.exec(given.rest[0] ?? '')
  const [, person, host = given.value('', 'host') ?? '127.0.0.1', port = given.value('', 'port') ?? '27017', database] =
    uri ?? []
  const [user = '', secret] = person?.split(':') ?? [given.value('u', 'username'), given.value('p', 'password')]
  const password =
    secret ||
    (user && given.has('p', 'password') && process.fds[0]?.isTerminal
      ? await readSecret(process, 'Enter password: ')
      : '')
  const result = await login(process, host, Number(port), { user, password })
  if (!('client' in result)) {
    const why =
      'denied' in result
        ? 'MongoServerError: Authentication failed.'
        : result.failure === 'ENOTFOUND'
          ? `MongoNetworkError: getaddrinfo ENOTFOUND ${host}`
          : `MongoNetworkError: connect ECONNREFUSED ${host}:${port}`
    await process.write(2, `${why}\n`)
    return 1
  }
  const named = uri ? database : given.rest[0]
  const session: Session = { process, client: result.client, database: named ?? 'test' }
  try {
    const code = given.value('', 'eval')
    if (code !== undefined) {
      const { whole, rest } = statements(code)
      const { failed } = await run(session, rest.trim() ? [...whole, rest.trim()] : whole)
      return failed ? 1 : 0
    }
    const talks = process.fds[0]?.isTerminal ?? false
    if (talks)
      await process.write(
        1,
        `Connecting to:\t\tmongodb://${host}:${port}/?directConnection=true\nUsing MongoDB:\t\t${result.client.version}\n\n`,
      )
    const ask = (text: string): Promise<void> => (talks ? process.write(1, text) : Promise.resolve())
    let pending = ''
    await ask(`${session.database}> `)
    for await (const line of readLines(process)) {
      const { whole, rest } = statements(`${pending}${line}\n`)
      const { failed, end } = await run(session, whole)
      if (end) return 0
      if (failed && !talks) return 1
      pending = rest.trim() ? rest : ''
      await ask(pending ? '... ' : `${session.database}> `)
    }
    return 0
  } finally {
    session.client.close()
  }
}
