/** How printf writes numbers, as bash's on a Linux does. */
import { expect, it } from 'vitest'
import { machine } from '../../testing.ts'

it.each([
  ['[% d] [%+d] [%5d] [%-5d] [%05d]', '5 5 5 5 5', '[ 5] [+5] [    5] [5    ] [00005]'],
  ['[%.1f] [%.0f] [%.0f] [%.0f] [%.2f]', '0.25 2.5 -1.5 -0.5 3.14159', '[0.2] [2] [-2] [-0] [3.14]'],
  ['[%g] [%g] [%e] [%G]', '100000 1000000 12345.678 0.00001', '[100000] [1e+06] [1.234568e+04] [1E-05]'],
  ['[%x] [%#x] [%X] [%o] [%#o] [%u]', '255 255 255 8 8 7', '[ff] [0xff] [FF] [10] [010] [7]'],
  ['[%c] [%.2s] [%5s] [%-5s]', 'abc abc ab ab', '[a] [ab] [   ab] [ab   ]'],
])('%s', async (format, args, out) => {
  expect((await machine().sh(`printf '${format}' ${args}`, { image: 'debian:12' })).out).toBe(out)
})
