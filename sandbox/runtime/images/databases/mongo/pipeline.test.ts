/** aggregate, as the manual of MongoDB shows it. */
import { expect, it } from 'vitest'
import { through } from './pipeline.ts'
import { PipelineError } from './pipeline-error.ts'
import { type Document, Unsimulated } from './store.ts'
import { Reader, type Value } from './value.ts'

const ORDERS: Document[] = [
  { _id: 0, name: 'Pepperoni', size: 'small', price: 19, quantity: 10, tags: ['hot', 'meat'] },
  { _id: 1, name: 'Pepperoni', size: 'medium', price: 20, quantity: 20 },
  { _id: 2, name: 'Cheese', size: 'small', price: 12, quantity: 15, tags: ['mild'] },
  { _id: 3, name: 'Vegan', size: 'medium', price: 17, quantity: 50, tags: [] },
]
const INVENTORY: Document[] = [
  { _id: 1, item: 'Cheese', left: 4 },
  { _id: 2, item: 'Vegan', left: 0 },
]

const run = (stages: string, written: Record<string, readonly Document[]> = {}) =>
  through(ORDERS, new Reader(stages).value() as Value[], {
    read: name => (name === 'inventory' ? INVENTORY : []),
    write: (name, documents) => {
      written[name] = documents
    },
  })

it.each<[stages: string, result: unknown]>([
  [
    "[{ $match: { size: 'medium' } }, { $group: { _id: '$name', total: { $sum: '$quantity' } } }]",
    [
      { _id: 'Pepperoni', total: 20 },
      { _id: 'Vegan', total: 50 },
    ],
  ],
  [
    "[{ $group: { _id: null, turnover: { $sum: { $multiply: ['$price', '$quantity'] } }, mean: { $avg: '$price' }, n: { $sum: 1 }, dear: { $max: '$price' }, names: { $addToSet: '$name' } } }]",
    [{ _id: null, turnover: 1620, mean: 17, n: 4, dear: 20, names: ['Pepperoni', 'Cheese', 'Vegan'] }],
  ],
  [
    "[{ $group: { _id: { n: '$name' }, sizes: { $push: '$size' } } }, { $sort: { '_id.n': 1 } }, { $limit: 1 }]",
    [{ _id: { n: 'Cheese' }, sizes: ['small'] }],
  ],
  [
    "[{ $sort: { price: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 0, name: 1, worth: { $subtract: ['$price', 1] } } }]",
    [{ name: 'Pepperoni', worth: 18 }],
  ],
  [
    "[{ $unwind: '$tags' }, { $project: { tags: 1 } }]",
    [
      { _id: 0, tags: 'hot' },
      { _id: 0, tags: 'meat' },
      { _id: 2, tags: 'mild' },
    ],
  ],
  [
    "[{ $match: { _id: { $gt: 1 } } }, { $unwind: { path: '$tags', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } }, { $project: { i: 1, tags: 1 } }]",
    [
      { _id: 2, tags: 'mild', i: 0 },
      { _id: 3, i: null },
    ],
  ],
  [
    "[{ $match: { _id: 2 } }, { $lookup: { from: 'inventory', localField: 'name', foreignField: 'item', as: 'stock' } }, { $project: { 'stock.left': 1, first: { $arrayElemAt: ['$stock.left', 0] } } }]",
    [{ _id: 2, first: 4 }],
  ],
  [
    "[{ $set: { rank: { $cond: { if: { $gte: ['$price', 19] }, then: 'dear', else: 'cheap' } } } }, { $sortByCount: '$rank' }]",
    [
      { _id: 'dear', count: 2 },
      { _id: 'cheap', count: 2 },
    ],
  ],
  ["[{ $match: { price: { $lt: 15 } } }, { $count: 'cheap' }]", [{ cheap: 1 }]],
  [
    "[{ $match: { _id: 0 } }, { $project: { up: { $concat: [{ $toUpper: '$name' }, '!'] }, short: { $filter: { input: '$tags', as: 't', cond: { $eq: ['$$t', 'hot'] } } } } }]",
    [{ _id: 0, up: 'PEPPERONI!', short: ['hot'] }],
  ],
  [
    "[{ $facet: { n: [{ $count: 'all' }], last: [{ $sort: { _id: -1 } }, { $limit: 1 }, { $unset: 'tags' }] } }]",
    [{ n: [{ all: 4 }], last: [{ _id: 3, name: 'Vegan', size: 'medium', price: 17, quantity: 50 }] }],
  ],
])('%s', (stages, result) => {
  expect(run(stages)).toEqual(result)
})

it.each([
  ['[10.5]', 10],
  ['[11.5]', 12],
  ['[2.345, 2]', 2.34],
  ['[1234.5678, -2]', 1200],
  ['[-2.5]', -2],
  ['[-7.89, 1]', -7.9],
  ['[1e21, 2]', 1e21],
])('$round of %s', (given, result) => {
  expect(run(`[{ $limit: 1 }, { $project: { _id: 0, n: { $round: ${given} } } }]`)).toEqual([{ n: result }])
})

it('$trunc cuts towards nothing, and neither takes a place that is none', () => {
  expect(run('[{ $limit: 1 }, { $project: { _id: 0, n: { $trunc: [-7.89, 1] }, m: { $trunc: 1777.7 } } }]')).toEqual([
    { n: -7.8, m: 1777 },
  ])
  expect(() => run('[{ $set: { n: { $round: [1.5, 101] } } }]')).toThrow(
    new PipelineError('Location51083', 'cannot apply $round with precision value 101 value must be in [-20, 100]'),
  )
})

it('writes what it has found into another collection', () => {
  const written: Record<string, readonly Document[]> = {}
  expect(run("[{ $match: { _id: 2 } }, { $project: { name: 1 } }, { $out: 'few' }]", written)).toEqual([])
  expect(written).toEqual({ few: [{ _id: 2, name: 'Cheese' }] })
})

it.each([
  ['[{ $nothing: 1 }]', 'Location40324', "Unrecognized pipeline stage name: '$nothing'"],
  ['[{ $group: { n: { $sum: 1 } } }]', 'Location15955', 'a group specification must include an _id'],
  ['[{ $group: { _id: 1, n: { $foo: 1 } } }]', 'Location15952', "unknown group operator '$foo'"],
  ['[{ $limit: 0 }]', 'Location15958', 'the limit must be positive'],
  ["[{ $unwind: 'tags' }]", 'Location28818', "path option to $unwind stage should be prefixed with a '$': tags"],
  [
    '[{ $match: {}, $limit: 1 }]',
    'Location40323',
    'A pipeline stage specification object must contain exactly one field.',
  ],
  ["[{ $set: { a: '$$x' } }]", 'Location17276', 'Use of undefined variable: x'],
])('%s is refused', (stages, code, words) => {
  expect(() => run(stages)).toThrow(new PipelineError(code, words))
})

it.each([
  ['[{ $match: 5 }]', 'the match filter must be an expression in an object'],
  ['[{ $replaceRoot: { a: 1 } }]', 'no newRoot specified for the $replaceRoot stage'],
  ['[{ $facet: { a: 1 } }]', 'arguments to $facet must be arrays, a is not'],
  ['[{ $set: { a: { $switch: {} } } }]', '$switch requires at least one branch.'],
  ["[{ $set: { a: '$$constructor' } }]", 'Use of undefined variable: constructor'],
  ['[{ constructor: 1 }]', "Unrecognized pipeline stage name: 'constructor'"],
])('says what is wrong with %s', (stages, words) => {
  expect(() => run(stages)).toThrow(words)
})

it('refuses loudly what it does not know', () => {
  expect(() => run('[{ $sample: { size: 1 } }]')).toThrow(Unsimulated)
  expect(() => run("[{ $set: { a: { $dateToString: { date: '$d' } } } }]")).toThrow(Unsimulated)
})
