/** Indexes of MongoDB's collections: they are kept and told of, and make nothing faster. */
import { Unsimulated } from './store.ts'
import type { Value } from './value.ts'

type Keys = { readonly [field: string]: Value }

export interface Index {
  key: Keys
  name: string
}

/** By the collection's full name. */
export type Indexes = Record<string, Index[]>

const OF_ID: Index = { key: { _id: 1 }, name: '_id_' }

const nameOf = (key: Keys): string =>
  Object.entries(key)
    .map(([field, way]) => `${field}_${way}`)
    .join('_')

const missing = (what: string): Error => new Error(`MongoServerError[IndexNotFound]: ${what}`)

/**
 * A method of a collection that is about its indexes.
 * @returns what it comes to, and the indexes that there are then where they have changed; undefined for any other method
 */
export function onIndexes(
  own: readonly Index[],
  method: string,
  args: readonly Value[],
): { value: Value; changed?: Index[] } | undefined {
  const all = [OF_ID, ...own]
  switch (method) {
    case 'createIndex': {
      const [key, options = {}] = args as [Keys | undefined, { [name: string]: Value }?]
      if (typeof key !== 'object' || key === null) throw new Unsimulated('an index without fields')
      for (const way of Object.values(key))
        if (way !== 1 && way !== -1) throw new Unsimulated(`an index of the sort ${way}`)
      const { name = nameOf(key), ...rest } = options
      const [option] = Object.keys(rest).filter(one => one !== 'background')
      if (option !== undefined) throw new Unsimulated(`an index with ${option}`)
      if (!Object.keys(key).length)
        throw new Error('MongoServerError[CannotCreateIndex]: Index keys cannot be an empty object.')
      const there = all.find(index => JSON.stringify(index.key) === JSON.stringify(key))
      if (there && options.name !== undefined && there.name !== name)
        throw new Error(
          `MongoServerError[IndexOptionsConflict]: Index already exists with a different name: ${there.name}`,
        )
      if (there) return { value: there.name }
      if (all.some(index => index.name === name)) throw new Unsimulated('a second index of the same name')
      return { value: String(name), changed: [...own, { key, name: String(name) }] }
    }
    case 'getIndexes':
      return { value: all.map(({ key, name }) => ({ v: 2, key: { ...key }, name })) }
    case 'dropIndexes':
      if (args.length) throw new Unsimulated('dropIndexes() of some')
      return { value: { nIndexesWas: all.length, msg: 'non-_id indexes dropped for collection', ok: 1 }, changed: [] }
    case 'dropIndex': {
      const [which] = args
      if (which === OF_ID.name || JSON.stringify(which) === JSON.stringify(OF_ID.key))
        throw new Error('MongoServerError[InvalidOptions]: cannot drop _id index')
      const found = own.find(({ key, name }) => name === which || JSON.stringify(key) === JSON.stringify(which))
      if (!found)
        throw missing(
          typeof which === 'string'
            ? `index not found with name [${which}]`
            : `can't find index with key: ${JSON.stringify(which)}`,
        )
      return { value: { nIndexesWas: all.length, ok: 1 }, changed: own.filter(index => index !== found) }
    }
    default:
      return undefined
  }
}
