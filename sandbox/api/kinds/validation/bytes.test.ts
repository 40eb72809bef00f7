/** Which numbers of bytes a server takes for whole ones; large ones as asked of a real 1.36. */
import { expect, it } from 'vitest'
import { isWholeBytes } from './bytes.ts'

it.each([
  ['1', true],
  ['64Mi', true],
  ['1.5Gi', true],
  ['64.5', false],
  ['100m', false],
  ['9Pi', false],
  ['9Ei', true],
])('%s: %s', (text, isWhole) => expect(isWholeBytes(text)).toBe(isWhole))
