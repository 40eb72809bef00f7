/** The string formats of custom resources' schemas. */
import { expect, it } from 'vitest'
import { hasFormat, isKnownFormat } from './formats.ts'

it.each([
  ['4111 1111-1111 1111', true],
  ['378282246310005', true],
  ['4111111111111112', false],
  ['1234567812345670', false],
  ['', false],
])('a card number has an issuer and its sum: %j', (text, holds) => {
  expect(hasFormat(text, 'credit-card')).toBe(holds)
})

it('a password may be anything; what nobody knows is not looked at', () => {
  expect([isKnownFormat('password'), hasFormat('', 'password')]).toEqual([true, true])
  expect([isKnownFormat('constructor'), hasFormat('x', 'constructor')]).toEqual([false, true])
})
