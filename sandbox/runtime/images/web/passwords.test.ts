/** Passwords of files of users, as htpasswd and openssl have written them. */
import { describe, expect, it } from 'vitest'
import { isPassword, md5Crypt, shaPassword } from './passwords.ts'

describe('passwords', () => {
  it.each([
    ['secret', '$apr1$uzeU.CxS$byCthR1Tdzp2yx71vpTWm.'],
    ['', '$apr1$x1$3pYoaQ44IOAuZpLXgkh4A.'],
    ['pässword-that-is-long-enough', '$1$abcdefgh$wsLdc.48ALvUgXODJQEhS0'],
    ['secret', '{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ='],
    ['secret', '{PLAIN}secret'],
  ])('%s is what is kept as %s, and nothing else is', (password, kept) => {
    expect(isPassword(password, kept)).toBe(true)
    expect(isPassword(`${password}x`, kept)).toBe(false)
  })

  it('are written as they are read', () => {
    expect(md5Crypt('secret', 'uzeU.CxS')).toBe('$apr1$uzeU.CxS$byCthR1Tdzp2yx71vpTWm.')
    expect(shaPassword('secret')).toBe('{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=')
  })

  it('of other sorts are told apart from wrong ones', () => {
    expect(isPassword('x', '$2y$05$0123456789012345678901')).toBeUndefined()
    expect(isPassword('x', '{SHA}???')).toBe(false)
    expect(isPassword('x', 'y')).toBe(false)
  })
})
