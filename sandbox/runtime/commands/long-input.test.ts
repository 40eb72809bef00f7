/** Input with more lines than a call takes arguments, and numbers that no integer holds. */
import { expect, test } from 'vitest'
import { machine } from '../testing.ts'

test('a shell and its tools take 150,000 lines and words', async () => {
  const { out, err } = await machine().sh(
    'seq 150000 | sort -rn | head -1; seq 150000 | wc -l; set -- $(seq 150000); echo $#; for last in $(seq 150000); do break; done; echo $last',
  )
  expect({ out, err }).toEqual({ out: '150000\n150000\n150000\n1\n', err: '' })
}, 60_000)

test('sort looks for fields in lines that end with many blanks', async () => {
  const { out } = await machine().sh('for n in 2 1; do printf "a %d%200000s\\n" $n ""; done | sort -k 2 | cut -c 1-3')
  expect(out).toBe('a 1\na 2\n')
}, 60_000)

test('awk’s functions on bits take what is no integer, as busybox does', async () => {
  const { out } = await machine().sh(
    "awk 'BEGIN { print and(log(-1), -1), or(1e400, 0), or(-1e400, 0), or(1e19, 0), or(-3, 0), or(1e20, 0) }'",
  )
  expect(out).toBe('9.22337e+18 0 0 1e+19 1.84467e+19 0\n')
})

test('what goes too deep into itself ends as the real one does, and nothing else with it', async () => {
  const { out } = await machine().sh(
    "echo a | sed $(yes { | head -n 20000 | tr -d '\\n'); echo $?; expr $(yes '(' | head -n 20000) 1; echo $?; echo on",
  )
  expect(out).toBe('139\n139\non\n')
}, 60_000)

test('a thousand directories within each other are walked and removed', async () => {
  const { out, err } = await machine().sh(`mkdir -p /d/${'a/'.repeat(1000)}; find /d | wc -l; rm -r /d; ls -d /d`)
  expect({ out, err }).toEqual({ out: '1001\n', err: 'ls: /d: No such file or directory\n' })
})

test('diff of long files of which every other line is the same, and base32 and base64 of 6 MB, end', async () => {
  const { out, err } = await machine().sh(
    'seq 1 2 60000 > a; seq 60000 > b; diff a b | wc -l; head -c 6000000 /dev/zero | base32 | base32 -d | wc -c; head -c 6000000 /dev/zero | base64 | base64 -d | wc -c',
  )
  expect({ out, err }).toEqual({ out: '60003\n6000000\n6000000\n', err: '' })
})

test('a width that C cannot count shows nothing, and ends nothing', async () => {
  const { out } = await machine().sh("printf '%999999999999d' 1; printf 'a%.999999999999fb\\n' 1; echo on")
  expect(out).toBe('ab\non\n')
})
