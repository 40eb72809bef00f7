/** aggregate: documents that go through the stages of a pipeline. */
import { isFields, ofList, reckon } from './expressions.ts'
import { PipelineError } from './pipeline-error.ts'
import { at, type Document, matches, projected, sorted, Unsimulated } from './store.ts'
import type { Value } from './value.ts'

/** What stages look into besides, and write to. */
export interface Collections {
  read(name: string): readonly Document[]
  write(name: string, documents: readonly Document[]): void
}

type Stage = (documents: readonly Document[], spec: Value, collections: Collections) => readonly Document[]

/** A copy with a value at a path; undefined takes it away. */
function withAt(document: Document, path: string, value: Value | undefined): Document {
  const [name = '', ...rest] = path.split('.')
  const next = { ...document }
  const inner = rest.length ? withAt(isFields(next[name]) ? next[name] : {}, rest.join('.'), value) : value
  if (inner === undefined) delete next[name]
  else next[name] = inner
  return next
}

/** The state of what a group gathers, one document after the other. */
function accumulate(operator: string, e: Value, members: readonly Document[]): Value {
  const values = members.map(one => reckon(e, one))
  switch (operator) {
    case '$first':
      return values[0] ?? null
    case '$last':
      return values.at(-1) ?? null
    case '$push':
      return values.flatMap(value => (value === undefined ? [] : [value]))
    case '$addToSet':
      return [
        ...new Map(
          values.flatMap(value => (value === undefined ? [] : [[JSON.stringify(value), value] as const])),
        ).values(),
      ]
    case '$count':
      return members.length
  }
  const summed = ofList(
    operator,
    values.map(value => value ?? null),
  )
  if (summed === undefined) throw new PipelineError('Location15952', `unknown group operator '${operator}'`)
  return summed
}

const group: Stage = (documents, spec) => {
  const { _id: key, ...fields } = spec as Document
  if (!('_id' in (spec as Document)))
    throw new PipelineError('Location15955', 'a group specification must include an _id')
  const groups = new Map<string, { id: Value; members: Document[] }>()
  for (const document of documents) {
    const id = reckon(key!, document) ?? null
    const text = JSON.stringify(id)
    const found = groups.get(text)
    if (found) found.members.push(document)
    else groups.set(text, { id, members: [document] })
  }
  return [...groups.values()].map(({ id, members }) => ({
    _id: id,
    ...Object.fromEntries(
      Object.entries(fields).map(([name, how]) => {
        const [operator, e] = isFields(how) ? (Object.entries(how)[0] ?? []) : []
        if (!operator?.startsWith('$'))
          throw new PipelineError('Location40234', `The field '${name}' must be an accumulator object`)
        return [name, accumulate(operator, e!, members)]
      }),
    ),
  }))
}

const project: Stage = (documents, spec) => {
  const fields = spec as Document
  if (!Object.keys(fields).length)
    throw new PipelineError('Location51272', 'projection specification must have at least one field')
  const computed = Object.entries(fields).filter(([, how]) => typeof how !== 'number' && typeof how !== 'boolean')
  const plain = Object.fromEntries(
    Object.entries(fields).filter(([, how]) => typeof how === 'number' || typeof how === 'boolean'),
  )
  const includes = Object.entries(plain).some(([name, how]) => name !== '_id' && how)
  return documents.map(document => {
    const nothing = computed.length > 0 && !includes
    const start: Document = nothing
      ? document._id !== undefined && plain._id !== false && plain._id !== 0
        ? { _id: document._id }
        : {}
      : projected(document, plain)
    return computed.reduce((made, [name, how]) => withAt(made, name, reckon(how, document)), start)
  })
}

const addFields: Stage = (documents, spec) =>
  documents.map(document =>
    Object.entries(spec as Document).reduce((made, [name, how]) => withAt(made, name, reckon(how, document)), document),
  )

const unwind: Stage = (documents, spec) => {
  const { path, preserveNullAndEmptyArrays: keep, includeArrayIndex: index } = isFields(spec) ? spec : { path: spec }
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new PipelineError(
      'Location28818',
      `path option to $unwind stage should be prefixed with a '$': ${String(path)}`,
    )
  const name = path.slice(1)
  return documents.flatMap(document => {
    const value = at(document, name)
    const numbered = (made: Document, i: number | null): Document =>
      typeof index === 'string' ? { ...made, [index]: i } : made
    if (!Array.isArray(value)) {
      const nothing = value === undefined || value === null
      return nothing && !keep ? [] : [numbered(document, null)]
    }
    if (!value.length) return keep ? [numbered(withAt(document, name, undefined), null)] : []
    return value.map((one, i) => numbered(withAt(document, name, one), i))
  })
}

const lookup: Stage = (documents, spec, collections) => {
  const { from, localField, foreignField, as, pipeline: inner } = spec as Document
  if (inner !== undefined) throw new Unsimulated('$lookup with a pipeline')
  for (const [name, value] of Object.entries({ from, localField, foreignField, as }))
    if (typeof value !== 'string')
      throw new PipelineError('FailedToParse', `must specify '${name}' field for a $lookup`)
  const others = collections.read(String(from))
  return documents.map(document => {
    const value = at(document, String(localField)) ?? null
    const wanted = Array.isArray(value) ? value : [value]
    const found = others.filter(other => {
      const theirs = at(other, String(foreignField)) ?? null
      const all = Array.isArray(theirs) ? theirs : [theirs]
      return wanted.some(one => all.some(their => JSON.stringify(their) === JSON.stringify(one)))
    })
    return withAt(document, String(as), found)
  })
}

const STAGES: Readonly<Record<string, Stage>> = {
  $match: (documents, spec) => documents.filter(one => matches(one, spec as Document)),
  $group: group,
  $sort: (documents, spec) => sorted(documents, spec as Document),
  $limit: (documents, spec) => {
    if (typeof spec !== 'number' || spec <= 0) throw new PipelineError('Location15958', 'the limit must be positive')
    return documents.slice(0, spec)
  },
  $skip: (documents, spec) => documents.slice(Number(spec)),
  $project: project,
  $addFields: addFields,
  $set: addFields,
  $unset: (documents, spec) =>
    documents.map(one =>
      (Array.isArray(spec) ? spec : [spec]).reduce<Document>(
        (made, name) => withAt(made, String(name), undefined),
        one,
      ),
    ),
  $unwind: unwind,
  $lookup: lookup,
  $count: (documents, spec) => (documents.length ? [{ [String(spec)]: documents.length }] : []),
  $sortByCount: (documents, spec) =>
    sorted(group(documents, { _id: spec, count: { $sum: 1 } }, NO_COLLECTIONS), { count: -1 }),
  $replaceRoot: (documents, spec) => {
    const { newRoot } = spec as Document
    if (newRoot === undefined)
      throw new PipelineError('Location40231', 'no newRoot specified for the $replaceRoot stage')
    return documents.map(one => rooted(reckon(newRoot, one)))
  },
  $replaceWith: (documents, spec) => documents.map(one => rooted(reckon(spec, one))),
  $facet: (documents, spec, collections) => [
    Object.fromEntries(
      Object.entries(spec as Document).map(([name, stages]) => [
        name,
        [...through(documents, listOf(name, stages), collections)],
      ]),
    ),
  ],
  $out: (documents, spec, collections) => {
    collections.write(String(spec), documents)
    return []
  },
}

/** Stages that are told what to do by fields, and what is said where there are none. */
const OF_FIELDS: Readonly<Record<string, readonly [code: string, text: string]>> = {
  $match: ['Location15959', 'the match filter must be an expression in an object'],
  $group: ['Location15947', "a group's fields must be specified in an object"],
  $sort: ['Location15973', 'the $sort key specification must be an object'],
  $project: ['Location15969', '$project specification must be an object'],
  $addFields: ['Location40272', '$addFields specification stage must be an object'],
  $set: ['Location40272', '$set specification stage must be an object'],
  $lookup: ['FailedToParse', 'the $lookup stage specification must be an object'],
  $replaceRoot: ['Location40229', 'expected an object as specification for $replaceRoot stage'],
  $facet: ['Location40169', 'the $facet specification must be a non-empty object'],
}

const NO_COLLECTIONS: Collections = { read: () => [], write: () => {} }

function listOf(name: string, stages: Value): readonly Value[] {
  if (Array.isArray(stages)) return stages
  throw new PipelineError('Location40170', `arguments to $facet must be arrays, ${name} is not`)
}

function rooted(value: Value | undefined): Document {
  if (isFields(value)) return value
  throw new PipelineError('Location40228', "'newRoot' expression must evaluate to an object")
}

/** @throws PipelineError, Unsimulated */
export function through(
  documents: readonly Document[],
  stages: readonly Value[],
  collections: Collections,
): readonly Document[] {
  return stages.reduce<readonly Document[]>((left, stage) => {
    const entries = isFields(stage) ? Object.entries(stage) : []
    const [name, spec] = entries[0] ?? []
    if (entries.length !== 1 || name === undefined)
      throw new PipelineError('Location40323', 'A pipeline stage specification object must contain exactly one field.')
    const run = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined
    if (run) {
      const complaint = OF_FIELDS[name]
      if (complaint && !isFields(spec)) throw new PipelineError(...complaint)
      return run(left, spec!, collections)
    }
    if (
      /^\$(bucket|bucketAuto|geoNear|graphLookup|indexStats|merge|redact|sample|search|setWindowFields|unionWith|collStats|densify|fill|documents)$/.test(
        name,
      )
    )
      throw new Unsimulated(`the stage ${name}`)
    throw new PipelineError('Location40324', `Unrecognized pipeline stage name: '${name}'`)
  }, documents)
}
