/** Base64 as Go reads it, and its errors. */
import { expect, test } from 'vitest'
import { badBase64At, readBase64 } from './go-base64.ts'

test.each([
  ['', ''],
  ['YQ==', 'YQ=='],
  ['YWI=', 'YWI='],
  ['YW\r\nJj', 'YWJj'],
  ['YQ=\n=', 'YQ=='],
  ['YR==', 'YR=='],
])('%j is base64', (text, clean) => expect(readBase64(text)).toBe(clean))

/** Where Go 1.26 stops. */
test.each([
  ['YQ=', 3],
  ['YQ', 0],
  ['Y', 0],
  ['abcdY', 4],
  ['YQ==YQ==', 4],
  ['a=bc', 1],
  ['ab=c', 2],
  ['ab==c', 4],
  ['YWJj=', 4],
  ['=', 0],
  ['!', 0],
  ['abcd!', 4],
  ['ab!=', 2],
  ['a\nb!', 3],
  [' YQ==', 0],
  ['YQ== ', 4],
  ['not base64!', 3],
])('%j is none, from %i on', (text, at) => {
  expect(readBase64(text)).toBeUndefined()
  expect(badBase64At(text)).toBe(at)
})
