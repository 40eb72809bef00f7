/** `diff` and `cmp`: what counts as a difference, and how each says where it is. */
import { expect, test } from 'vitest'
import { machine } from '../../testing.ts'

const said = async (script: string, image = 'debian:12'): Promise<string> => {
  const { out, err } = await machine().sh(script, { image })
  return out + err
}

const FILES =
  "printf 'a\\nb\\nc\\n' > a; printf 'a\\nB \\nc\\n' > b; mkdir -p d1/s d2/s; cp a d1/f; cp b d2/f; cp a d2/s/x; "

test('diff passes over cases and blanks where it is told to', async () => {
  for (const image of ['debian:12', 'busybox:1.36'])
    expect(await said(`${FILES} diff -ib a b; echo $?`, image)).toBe('0\n')
  expect(await said(`${FILES} diff -iw a b; diff -i a b`)).toBe('2c2\n< b\n---\n> B \n')
})

test('diff of directories names what it compares, and with -N takes what one lacks for empty', async () => {
  expect(await said(`${FILES} diff d1 d2`)).toBe(
    'diff d1/f d2/f\n2c2\n< b\n---\n> B \nCommon subdirectories: d1/s and d2/s\n',
  )
  expect(
    await said(
      `${FILES} diff -rq d1 d2; diff -riN d1/s d2/s; diff -uN zz a | sed 's/\\t.*//'; diff -N zz a | head -n 1`,
    ),
  ).toBe(
    'Files d1/f and d2/f differ\nOnly in d2/s: x\ndiff -riN d1/s/x d2/s/x\n0a1,3\n> a\n> b\n> c\n--- zz\n+++ a\n@@ -0,0 +1,3 @@\n+a\n+b\n+c\n0a1,3\n',
  )
  expect(await said(`${FILES} diff d1 d2`, 'busybox:1.36')).toBe(
    '--- d1/f\n+++ d2/f\n@@ -1,3 +1,3 @@\n a\n-b\n+B \n c\nCommon subdirectories: d1/s and d2/s\n',
  )
})

test('cmp counts bytes, lists them, and says in which line the shorter file ends', async () => {
  const files =
    "printf 'é1' > x; printf 'é2' > y; printf 'a\\nb' > p; printf 'a\\nb\\nc' > q; printf 'a\\n' > r; : > e; "
  expect(await said(`${files} cmp x y; cmp -l x y; cmp p q; cmp r q; cmp e q`)).toBe(
    'x y differ: byte 3, line 1\n3  61  62\ncmp: EOF on p after byte 3, in line 2\ncmp: EOF on r after byte 2, line 1\ncmp: EOF on e which is empty\n',
  )
})
