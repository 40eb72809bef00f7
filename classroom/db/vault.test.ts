/** The secret with which a database is sealed. */
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createVault, secretIn } from './vault.ts'

const folder = mkdtempSync(join(tmpdir(), 'podlab-vault-'))
afterAll(() => rmSync(folder, { recursive: true }))
const first = 'the first secret, of 32 characters or more'
const second = 'the second secret, of 32 characters or more'

test('what is sealed is opened with the same secret only, and not at all when it was changed', () => {
  const vault = createVault(first)
  const sealed = vault.seal('钥匙')
  expect(sealed).not.toContain('钥匙')
  expect(vault.seal('钥匙'), 'never the same').not.toBe(sealed)
  expect([vault.unseal(sealed), vault.unseal('from before')]).toEqual(['钥匙', 'from before'])
  expect(() => createVault(second).unseal(sealed)).toThrow('another secret')
  expect(createVault(second, first).unseal(sealed)).toBe('钥匙')
  const at = sealed.length - 5
  expect(() => vault.unseal(`${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`)).toThrow()
  expect(() => createVault('short')).toThrow('32 characters')
})

test('a folder’s secret is made once, for its owner alone', () => {
  const made = secretIn(folder)
  expect(secretIn(folder)).toBe(made)
  const path = join(folder, 'secret.key')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  chmodSync(path, 0o644)
  expect(() => secretIn(folder)).toThrow('chmod 600')
})
