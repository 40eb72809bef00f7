/** The grade book as CSV: cells that a spreadsheet would take for formulas, and quoting. */
import { expect, test } from 'vitest'
import { csv } from './csv.ts'

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠1', '=cmd|"/c calc"!A1'])(
  '%j is text in a spreadsheet',
  text => {
    const cell = csv([[text]]).slice(1, -2)
    expect(cell.replace(/^"|"$/g, '').replaceAll('""', '"')).toBe(`'${text}`)
  },
)
test('numbers stay numbers, and nothing breaks out of its cell', () => {
  expect(csv([[-1, null, 'a,b', 'say "hi"', 'two\nlines', '豆荚']])).toBe(
    '\ufeff-1,,"a,b","say ""hi""","two\nlines",豆荚\r\n',
  )
})
