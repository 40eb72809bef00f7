/** Passwords that everybody tries first are not taken; sentences are. */
import { expect, test } from 'vitest'
import { checkPassword } from './passwords.ts'

const own = ['grace@example.org', 'Grace Hopper']
test.each(['short', 'x'.repeat(201)])('%s: wrong length', password => {
  expect(() => checkPassword(password, own)).toThrow('password-weak')
})
test.each([
  'password1234',
  'P@ssw0rd!2024!',
  'qwertyqwerty1',
  '123456789012',
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  'gracehopper1',
  'example2026!',
  'letmeinletmein',
  'adminadmin123',
])('%s: everybody’s, or hers', password => {
  expect(() => checkPassword(password, own)).toThrow('password-common')
})
test.each([
  'a long sentence is good',
  'correct horse battery',
  '四个字一组很好记的密码吧',
  'kubernetes likes my tea',
  'vR7#kq2!mZp9',
])('%s', password => {
  expect(() => checkPassword(password, own)).not.toThrow()
})
