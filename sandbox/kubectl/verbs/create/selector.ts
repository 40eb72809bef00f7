/** A selector written as in a URL, as the object that the API holds. */
import type { Obj } from '../../objects.ts'
import { readSelector } from '../../pods/selectors.ts'

export function parseSelector(text: string): Obj {
  readSelector(text, `couldn't parse the selector string "${text}": `)
  const matchLabels: Record<string, string> = {}
  const matchExpressions: Obj[] = []
  for (const part of text.match(/[^,(]*\([^)]*\)|[^,]+/g) ?? []) {
    const set = /^\s*([^\s!=]+)\s+(in|notin)\s+\(([^)]*)\)\s*$/.exec(part)
    const compare = /^\s*([^\s!=]+)\s*(==|=|!=)\s*(\S*)\s*$/.exec(part)
    const bare = /^\s*(!?)([^\s!=]+)\s*$/.exec(part)
    if (set)
      matchExpressions.push({
        key: set[1],
        operator: set[2] === 'in' ? 'In' : 'NotIn',
        values: set[3]!.split(',').map(v => v.trim()),
      })
    else if (compare && compare[2] !== '!=') matchLabels[compare[1]!] = compare[3]!
    else if (compare) matchExpressions.push({ key: compare[1], operator: 'NotIn', values: [compare[3]] })
    else if (bare) matchExpressions.push({ key: bare[2], operator: bare[1] ? 'DoesNotExist' : 'Exists' })
  }
  return {
    ...(Object.keys(matchLabels).length && { matchLabels }),
    ...(matchExpressions.length && { matchExpressions }),
  }
}
