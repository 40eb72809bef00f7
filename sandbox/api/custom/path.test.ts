/** The JSON paths of printer columns. */
import { expect, test } from 'vitest'
import { readPath, writePath } from './path.ts'

const object = {
  spec: {
    crew: [
      { name: 'ann', rank: 1, active: true },
      { name: 'bob', rank: 2, active: false, ship: { name: 'b' } },
      { name: 'cy' },
    ],
  },
}
const names = (filter: string) => readPath(object, `.spec.crew[?(${filter})].name`)

test('filters compare texts, numbers and truth, each with its own', () => {
  expect(names('@.name=="bob"')).toEqual(['bob'])
  expect(names("@.name != 'bob'")).toEqual(['ann', 'cy'])
  expect(names('@.rank == 1')).toEqual(['ann'])
  expect(names('@.rank>=1')).toEqual(['ann', 'bob'])
  expect(names('@.active==false')).toEqual(['bob'])
  expect(names('@.rank=="1"')).toEqual([])
})

test('a filter without a comparison asks whether there is something', () => {
  expect(names('@.rank')).toEqual(['ann', 'bob'])
  expect(names('@.ship.name')).toEqual(['bob'])
})

test('what is no path leads nowhere', () => {
  expect(readPath(object, '.spec.crew[?(rank)].name')).toEqual([])
  expect(readPath(object, '.spec{crew}')).toEqual([])
})

test('a path is written within the object alone, whatever its names mean to JavaScript', () => {
  const written: Record<string, unknown> = { spec: { other: 1 } }
  writePath(written, '.spec.size.now', 3)
  writePath(written, '.spec.__proto__.replicas', 3)
  expect(JSON.stringify(written)).toBe('{"spec":{"other":1,"size":{"now":3},"__proto__":{"replicas":3}}}')
  expect(Object.hasOwn(Object.prototype, 'replicas')).toBe(false)
})
