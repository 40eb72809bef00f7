/** mongod: who is let in, and what it does for them. Its data are a file of its data directory. */
import { isErrno } from '../../../errno.ts'
import type { Process } from '../../../processes/process.ts'
import type { DaemonServer } from '../../daemons/daemon.ts'
import { linesOf, readLogin, readMessage } from '../sql/login.ts'
import { type Indexes, onIndexes } from './indexes.ts'
import { ConnectionLog, starting } from './log.ts'
import { through } from './pipeline.ts'
import { PipelineError } from './pipeline-error.ts'
import { at, type Databases, type Document, matches, order, projected, sorted, Unsimulated, updated } from './store.ts'
import { Users } from './users.ts'
import { isObjectId, type Value } from './value.ts'

const FILE = '/data/db/collections.wt'
const INDEX_FILE = '/data/db/indexes.wt'

/** One call of a method of a collection, or of a database. */
export interface Call {
  database: string
  collection?: string
  method: string
  args: readonly Value[]
  /** What follows a find: sort, limit, skip. */
  then?: readonly { method: string; args: readonly Value[] }[]
}

export interface Answer {
  value?: Value
  error?: string
}

export function mongod(process: Process): DaemonServer {
  const { env, fs, clock, random } = process
  const version = env.MONGO_VERSION ?? '8.0.13'
  const users = new Users(process)
  const connections = new ConnectionLog(process)
  const databases: Databases = fs.exists(FILE) ? (JSON.parse(fs.readFile(FILE)) as Databases) : {}
  const indexes: Indexes = fs.exists(INDEX_FILE) ? (JSON.parse(fs.readFile(INDEX_FILE)) as Indexes) : {}
  const keepIndexes = (): void => {
    fs.mkdir('/data/db', { recursive: true })
    fs.writeFile(INDEX_FILE, JSON.stringify(indexes))
  }
  const newId = (): Value => ({
    $oid:
      Math.floor(clock.now() / 1000)
        .toString(16)
        .padStart(8, '0') + random.hex(16),
  })
  const keep = (): void => {
    fs.mkdir('/data/db', { recursive: true })
    fs.writeFile(FILE, JSON.stringify(databases))
  }

  /** @param full the name of the collection, with its database's */
  const insert = (full: string, documents: Document[], given: readonly Document[]): Value[] =>
    given.map(one => {
      const document = one._id === undefined ? { _id: newId(), ...one } : one
      if (documents.some(other => JSON.stringify(other._id) === JSON.stringify(document._id)))
        throw new Error(
          `MongoServerError: E11000 duplicate key error collection: ${full} index: _id_ dup key: { _id: ${isObjectId(document._id) ? `ObjectId('${document._id.$oid}')` : JSON.stringify(document._id)} }`,
        )
      documents.push(document)
      return document._id!
    })

  const onCollection = ({ database, collection = '', method, args, then = [] }: Call): Value => {
    const [first = {}, second = {}, third = {}] = args as Document[]
    const documents = databases[database]?.[collection] ?? []
    const full = `${database}.${collection}`
    /** The collection is made when something is put into it. */
    const made = (): Document[] => {
      databases[database] ??= {}
      return (databases[database][collection] ??= [])
    }
    const change = (most: number): Value => {
      let [matchedCount, modifiedCount, upsertedCount] = [0, 0, 0]
      const all = made()
      for (const [i, document] of all.entries()) {
        if (matchedCount >= most || !matches(document, first)) continue
        matchedCount++
        const next = method === 'replaceOne' ? { _id: document._id!, ...second } : updated(document, second)
        if (JSON.stringify(next) !== JSON.stringify(document)) modifiedCount++
        all[i] = next
      }
      let insertedId: Value = null
      if (!matchedCount && third.upsert) {
        insertedId = insert(full, all, [updated({ ...first }, second)])[0]!
        upsertedCount = 1
      }
      keep()
      return { acknowledged: true, insertedId, matchedCount, modifiedCount, upsertedCount }
    }
    const remove = (most: number): Value => {
      let deletedCount = 0
      const all = made()
      databases[database]![collection] = all.filter(document => {
        if (deletedCount >= most || !matches(document, first)) return true
        deletedCount++
        return false
      })
      keep()
      return { acknowledged: true, deletedCount }
    }
    if (/^(getIndexes|dropIndex(es)?)$/.test(method) && !databases[database]?.[collection])
      throw new Error(
        `MongoServerError[NamespaceNotFound]: ${method === 'getIndexes' ? 'ns does not exist:' : 'ns not found'} ${full}`,
      )
    const ofIndexes = onIndexes(indexes[full] ?? [], method, args)
    if (ofIndexes) {
      if (ofIndexes.changed) {
        made()
        keep()
        indexes[full] = ofIndexes.changed
        keepIndexes()
      }
      return ofIndexes.value
    }
    switch (method) {
      case 'insertOne': {
        const [insertedId] = insert(full, made(), [first])
        keep()
        return { acknowledged: true, insertedId: insertedId! }
      }
      case 'insertMany':
      case 'insert': {
        const given = Array.isArray(args[0]) ? (args[0] as Document[]) : [first]
        const ids = insert(full, made(), given)
        keep()
        return { acknowledged: true, insertedIds: Object.fromEntries(ids.map((id, i) => [String(i), id])) }
      }
      case 'find':
      case 'findOne': {
        let found = documents.filter(document => matches(document, first))
        for (const { method: next, args: given } of then) {
          if (next === 'sort') found = sorted(found, given[0] as Document)
          else if (next === 'limit') found = found.slice(0, Number(given[0]) || undefined)
          else if (next === 'skip') found = found.slice(Number(given[0]))
          else if (next === 'count') return found.length
          else if (next !== 'pretty' && next !== 'toArray') throw new Unsimulated(`.${next}()`)
        }
        const shown = found.map(document => projected(document, second))
        return method === 'findOne' ? (shown[0] ?? null) : shown
      }
      case 'countDocuments':
      case 'count':
        return documents.filter(document => matches(document, first)).length
      case 'estimatedDocumentCount':
        return documents.length
      case 'distinct': {
        const values = documents
          .filter(document => matches(document, second))
          .flatMap(document => at(document, String(args[0])) ?? [])
        return [...new Map(values.map(value => [JSON.stringify(value), value])).values()].sort(order)
      }
      case 'aggregate': {
        const stages = Array.isArray(args[0]) ? args[0] : args
        for (const { method: next } of then)
          if (next !== 'toArray' && next !== 'pretty') throw new Unsimulated(`.${next}()`)
        return [
          ...through(documents, stages, {
            read: name => databases[database]?.[name] ?? [],
            write(name, results) {
              databases[database] ??= {}
              databases[database][name] = []
              insert(`${database}.${name}`, databases[database][name], results)
              keep()
            },
          }),
        ]
      }
      case 'updateOne':
      case 'replaceOne':
        return change(1)
      case 'updateMany':
        return change(Number.POSITIVE_INFINITY)
      case 'deleteOne':
        return remove(1)
      case 'deleteMany':
      case 'remove':
        return remove(Number.POSITIVE_INFINITY)
      case 'drop': {
        const there = databases[database]?.[collection] !== undefined
        delete databases[database]?.[collection]
        delete indexes[full]
        keep()
        keepIndexes()
        return there
      }
      default:
        throw new Unsimulated(`db.${collection}.${method}()`)
    }
  }

  /** What a server that stands alone says of itself. */
  const hello = (connectionId: number): { [name: string]: Value } => ({
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: { $date: clock.now() },
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: WIRE[Number.parseInt(version, 10)] ?? 25,
    readOnly: false,
    ok: 1,
  })

  const onDatabase = ({ database, method, args }: Call, connectionId: number): Value => {
    const [first] = args
    const ofUsers = users.do(database, method, args)
    if (ofUsers !== undefined) return ofUsers
    switch (method) {
      case 'databases':
        return [...new Set(['admin', 'config', 'local', ...Object.keys(databases)])].sort()
      case 'getCollectionNames':
        return Object.keys(databases[database] ?? {}).sort()
      case 'createCollection':
        databases[database] ??= {}
        databases[database][String(first)] ??= []
        keep()
        return { ok: 1 }
      case 'dropDatabase':
        delete databases[database]
        for (const full of Object.keys(indexes)) if (full.startsWith(`${database}.`)) delete indexes[full]
        keep()
        keepIndexes()
        return { ok: 1, dropped: database }
      case 'hello':
        return { isWritablePrimary: true, ...hello(connectionId) }
      case 'isMaster':
        return { ismaster: true, ...hello(connectionId), isWritablePrimary: true }
      case 'adminCommand':
      case 'runCommand':
        if (isCommand(first, 'hello')) return { isWritablePrimary: true, ...hello(connectionId) }
        if (isCommand(first, 'isMaster')) return { ismaster: true, ...hello(connectionId), isWritablePrimary: true }
        if (first === 'ping' || (typeof first === 'object' && first !== null && 'ping' in first)) return { ok: 1 }
        throw new Unsimulated(`db.${method}()`)
      case 'getName':
        return database
      case 'version':
        return version
      default:
        throw new Unsimulated(`db.${method}()`)
    }
  }

  const answer = (call: Call, connectionId: number): Answer => {
    try {
      return { value: call.collection === undefined ? onDatabase(call, connectionId) : onCollection(call) }
    } catch (error) {
      if (isErrno(error)) return { error: `MongoServerError[OutOfDiskSpace]: ${error.message}` }
      if (error instanceof PipelineError) return { error: `MongoServerError[${error.code}]: ${error.message}` }
      if (error instanceof Unsimulated) return { error: `${error.message} is not simulated` }
      if (error instanceof Error && error.message.startsWith('MongoServerError')) return { error: error.message }
      throw error
    }
  }

  return {
    log: { ready: () => starting(process, version, users.required), stopping: () => connections.stopping() },
    converse(connection) {
      let known: boolean | undefined
      const { remote } = connection
      const number = connections.accepted(remote)
      connection.onData(
        linesOf(line => {
          if (known === undefined) {
            const { user = '', password = '' } = readLogin(line) ?? {}
            const wrong = user !== '' && !users.lets(user, password)
            known = user !== ''
            if (wrong) connections.refused(number, remote, user, users.knows(user))
            connection.send(wrong ? 'denied\n' : `welcome ${version} ${number}\n`)
            if (wrong) {
              connections.ended(number, remote)
              connection.close()
            }
            return
          }
          const call = readMessage<Call>(line)
          if (!call) return connection.close()
          // Who has not said who he is may still ask whether it is there.
          const free = !users.required || known || FREE.has(call.method)
          const said = free
            ? answer(call, number)
            : { error: `MongoServerError[Unauthorized]: Command ${call.method} requires authentication` }
          connection.send(`${JSON.stringify(said)}\n`)
        }),
      )
      connection.onClose(() => {
        connections.ended(number, remote)
        connection.close()
      })
    },
  }
}

/** What anybody may ask. */
const FREE = new Set(['adminCommand', 'runCommand', 'getName', 'version', 'hello', 'isMaster'])

/** The newest protocol of a version. */
const WIRE: Readonly<Record<number, number>> = { 3: 6, 4: 9, 5: 13, 6: 17, 7: 21, 8: 25 }

const isCommand = (first: Value | undefined, name: string): boolean =>
  first === name || (typeof first === 'object' && first !== null && !Array.isArray(first) && name in first)
