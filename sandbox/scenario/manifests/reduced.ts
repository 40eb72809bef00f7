/** An object reduced to the fields that others have, in their order. */
import { isObject } from '../../api/formats/json.ts'

/** By which of their fields the elements of a list are told apart; the first that all of them have. */
const KEYS = ['name', 'containerPort', 'port', 'mountPath', 'devicePath', 'ip', 'uid', 'topologyKey', 'type', 'key']

function keyOf(lists: readonly (readonly unknown[])[]): string | undefined {
  return KEYS.find(key =>
    lists.every(list => {
      const seen = new Set(list.map(element => (isObject(element) ? element[key] : undefined)))
      return !seen.has(undefined) && seen.size === list.length
    }),
  )
}

function reducedList(list: readonly unknown[], shapes: readonly (readonly unknown[])[], whole: boolean): unknown[] {
  const key = keyOf([list, ...shapes])
  // One value, as far as anybody can tell: all of it counts.
  if (key === undefined) {
    return list.map((element, i) => {
      const like = shapes.flatMap(shape => (i in shape ? [shape[i]] : []))
      return like.length > 0 ? reduced(element, like, whole) : element
    })
  }
  const idOf = (element: unknown): unknown => (element as Record<string, unknown>)[key]
  const wanted = new Set(shapes.flat().map(idOf))
  if (whole) for (const element of list) wanted.add(idOf(element))
  return [...wanted].flatMap(id => {
    const element = list.find(e => idOf(e) === id)
    const like = shapes.flatMap(shape => shape.filter(e => idOf(e) === id))
    return element === undefined ? [] : [like.length > 0 ? reduced(element, like, whole) : element]
  })
}

/**
 * @param shapes what has the fields that count; the first says in which order
 * @param whole whether the others are kept too, behind them
 */
export function reduced(value: unknown, shapes: readonly unknown[], whole: boolean): unknown {
  if (Array.isArray(value)) {
    const lists = shapes.filter(Array.isArray)
    return lists.length > 0 ? reducedList(value, lists, whole) : value
  }
  const like = shapes.filter(isObject)
  if (!isObject(value) || like.length === 0) return value
  const names = new Set(like.flatMap(Object.keys))
  if (whole) for (const name of Object.keys(value)) names.add(name)
  return Object.fromEntries(
    [...names].flatMap(name => {
      if (!(name in value)) return []
      const inside = like.flatMap(shape => (name in shape ? [shape[name]] : []))
      return [[name, inside.length > 0 ? reduced(value[name], inside, whole) : value[name]]]
    }),
  )
}
