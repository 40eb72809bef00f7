/** MongoDB and mongosh. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createVolume } from '../../../files/volume.ts'
import { logOf, machine } from '../../../testing.ts'
import { Reader, show, type Value } from './value.ts'

it('keeps documents where the volume is kept, and finds them again', async () => {
  const m = machine()
  const mounts = [{ volume: createVolume(m.clock), containerPath: '/data/db', readOnly: false }]
  const env = { MONGO_INITDB_ROOT_USERNAME: 'root', MONGO_INITDB_ROOT_PASSWORD: 'secret' }
  const start = async (name: string) => {
    const server = m.run('mongo:7', { env, mounts }, m.sandbox(name))
    await m.clock.advance(5000)
    return server
  }
  let server = await start('one')
  const mongosh = async (code: string, ...flags: string[]) => {
    const { code: exit, out, err } = await m.exec(server, ['mongosh', ...flags, '--quiet', 'shop', '--eval', code])
    return `${exit} ${out}${err}`
  }
  const asRoot = (code: string) => mongosh(code, '-u', 'root', '-p', 'secret')
  expect(
    await asRoot(
      "db.items.insertMany([{ _id: 1, name: 'pen', price: 2 }, { _id: 2, name: \"ink\", price: 7, tags: ['blue'] }])",
    ),
  ).toBe("0 { acknowledged: true, insertedIds: { '0': 1, '1': 2 } }\n".replaceAll("'0'", '0').replaceAll("'1'", '1'))
  expect(await asRoot('db.items.createIndex({ name: 1 })')).toBe('0 name_1\n')
  server.kill('TERM')
  await m.clock.advance(1000)
  server = await start('two')
  expect(await asRoot('db.items.getIndexes()')).toContain("name: 'name_1'")
  expect(await asRoot('db.items.find({ price: { $gt: 5 } }, { tags: 0 })')).toBe(
    "0 [ { _id: 2, name: 'ink', price: 7 } ]\n",
  )
  expect(
    await asRoot(
      'db.items.updateOne({ name: "pen" }, { $inc: { price: 1 } }).modifiedCount; db.items.countDocuments()',
    ),
  ).toBe('0 2\n')
  expect(await asRoot('db.items.find().sort({ price: -1 }).limit(1)')).toContain("name: 'ink'")
  expect(
    await asRoot(
      "db.items.aggregate([{ $match: { price: { $gt: 2 } } }, { $group: { _id: null, sum: { $sum: '$price' } } }])",
    ),
  ).toBe('0 [ { _id: null, sum: 10 } ]\n')
  expect(await asRoot('db.items.aggregate([{ $nothing: 1 }])')).toBe(
    "1 MongoServerError[Location40324]: Unrecognized pipeline stage name: '$nothing'\n",
  )
  expect(await asRoot("db.items.distinct('name', { price: { $gt: 5 } })")).toBe("0 [ 'ink' ]\n")
  expect(await asRoot('print(db.items.deleteMany({}).deletedCount); show collections')).toBe('0 2\nitems\n')
  expect(await mongosh('db.items.find()')).toBe(
    '1 MongoServerError[Unauthorized]: Command find requires authentication\n',
  )
  expect(await mongosh("db.adminCommand('ping')")).toBe('0 { ok: 1 }\n')
  expect(await mongosh('for (let i = 0; i < 3; i++) print(i)', '-u', 'root', '-p', 'secret')).toMatch(
    /^1 mongosh: running JavaScript is not simulated/,
  )
  expect(await mongosh('db.items.find()', '-u', 'root', '-p', 'wrong')).toBe(
    '1 MongoServerError: Authentication failed.\n',
  )
})

it('any value that is shown can be read again', () => {
  const value = fc.letrec<{ value: Value }>(tie => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.stringMatching(/^[\w '"\n]*$/),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.stringMatching(/^[a-z]\w*$/), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value
  fc.assert(
    fc.property(value, one => {
      expect(new Reader(show(one)).value()).toEqual(one)
    }),
    { numRuns: 100 },
  )
})

it('keeps the indexes of a collection, and refuses what would make a difference', async () => {
  const m = machine()
  const server = m.run('mongo:7')
  await m.clock.advance(5000)
  const mongosh = async (code: string) => {
    const { out, err } = await m.exec(server, ['mongosh', '--quiet', 'shop', '--eval', code])
    return out + err
  }
  expect(await mongosh('db.items.dropIndexes()')).toBe('MongoServerError[NamespaceNotFound]: ns not found shop.items\n')
  expect(await mongosh('db.items.getIndexes()')).toBe(
    'MongoServerError[NamespaceNotFound]: ns does not exist: shop.items\n',
  )
  expect(await mongosh('db.items.createIndex({ name: 1, price: -1 })')).toBe('name_1_price_-1\n')
  expect(await mongosh('db.items.getIndexes()')).toBe(
    "[\n  { v: 2, key: { _id: 1 }, name: '_id_' },\n  { v: 2, key: { name: 1, price: -1 }, name: 'name_1_price_-1' }\n]\n",
  )
  expect(await mongosh('db.items.createIndex({ name: 1 }, { unique: true })')).toBe(
    'an index with unique is not simulated\n',
  )
  expect(await mongosh("db.items.createIndex({ name: 1, price: -1 }, { name: 'other' })")).toBe(
    'MongoServerError[IndexOptionsConflict]: Index already exists with a different name: name_1_price_-1\n',
  )
  expect(await mongosh("db.items.dropIndex('_id_')")).toBe('MongoServerError[InvalidOptions]: cannot drop _id index\n')
  expect(await mongosh("db.items.dropIndex('none')")).toBe(
    'MongoServerError[IndexNotFound]: index not found with name [none]\n',
  )
  expect(await mongosh("db.items.dropIndex('name_1_price_-1').nIndexesWas")).toBe('2\n')
})

it('logs in lines of JSON, lets in whom it was told of, and says that it can be written to', async () => {
  const m = machine()
  const server = m.run('mongo:7', { env: { MONGO_INITDB_ROOT_USERNAME: 'root', MONGO_INITDB_ROOT_PASSWORD: 'secret' } })
  await m.clock.advance(5000)
  const mongosh = async (code: string, ...flags: string[]) => {
    const { code: exit, out, err } = await m.exec(server, ['mongosh', ...flags, '--quiet', 'shop', '--eval', code])
    return `${exit} ${out}${err}`
  }
  const log = logOf(server)
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as { msg: string; attr?: object })
  expect(log.at(-1)).toMatchObject({ msg: 'Waiting for connections', attr: { port: 27017, ssl: 'off' } })
  expect(await mongosh('db.hello().isWritablePrimary')).toBe('0 true\n')
  const made = "db.createUser({ user: 'app', pwd: 'pw', roles: ['readWrite'] })"
  expect(await mongosh(made, '-u', 'root', '-p', 'secret')).toBe('0 { ok: 1 }\n')
  expect(await mongosh(made, '-u', 'root', '-p', 'secret')).toContain('User "app@shop" already exists')
  expect(await mongosh('db.things.insertOne({ _id: 1 })', '-u', 'app', '-p', 'pw')).toContain('acknowledged: true')
  expect(await mongosh('db.things.insertOne({ _id: 1 })', '-u', 'app', '-p', 'pw')).toContain(
    'MongoServerError: E11000 duplicate key error collection: shop.things index: _id_ dup key: { _id: 1 }',
  )
  expect(await mongosh('1', '-u', 'app', '-p', 'bad')).toContain('Authentication failed')
  expect(logOf(server)).toContain('"msg":"Failed to authenticate"')
  server.kill('TERM')
  await m.clock.advance(1000)
  expect(logOf(server)).toMatch(/"msg":"Shutting down","attr":\{"exitCode":0\}\}\n$/)
})
