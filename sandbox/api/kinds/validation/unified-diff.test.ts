/** The diff in the message about a field that may not change. */
import { expect, it } from 'vitest'
import { unifiedDiff } from './unified-diff.ts'

/** What Python's difflib.unified_diff prints of the same lines. */
it.each([
  ['0123456789', '01234x6789', '@@ -3,7 +3,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n'],
  ['abcdefghijkl', 'aBcdefgHijkl', '@@ -1,11 +1,11 @@\n a\n-b\n+B\n c\n d\n e\n f\n g\n-h\n+H\n i\n j\n k\n'],
  [
    'abcdefghijklm',
    'aBcdefghijKlm',
    '@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n@@ -8,6 +8,6 @@\n h\n i\n j\n-k\n+K\n l\n m\n',
  ],
  ['abxcdxyz', 'cdabxyzx', '@@ -1,8 +1,8 @@\n+c\n+d\n a\n b\n x\n-c\n-d\n-x\n y\n z\n+x\n'],
  ['', 'a', '@@ -0,0 +1 @@\n+a\n'],
  ['a', 'b', '@@ -1 +1 @@\n-a\n+b\n'],
  ['same', 'same', ''],
])('%s to %s', (before, after, diff) => {
  expect(unifiedDiff([...before], [...after])).toBe(diff)
})

it('lines that come often in a long text are no anchor', () => {
  const before = Array.from({ length: 110 }, (_, i) => [`n${i}`, '}']).flat()
  const after = before.filter(line => !['n40', 'n41', 'n42'].includes(line))
  after[100] = 'q'
  expect(unifiedDiff(before, after).split('\n').slice(0, 12)).toEqual([
    '@@ -78,11 +78,8 @@',
    ' }',
    ' n39',
    ' }',
    '-n40',
    '-}',
    '-n41',
    '-}',
    '-n42',
    '+}',
    '+}',
    ' }',
  ])
})
