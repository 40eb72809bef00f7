/** Secrets of type service-account-token: the tokens controller. */
import { expect, it } from 'vitest'
import { authenticateToken } from '../../api/authentication/token.ts'
import { secret as secretKind } from '../../api/kinds/secret.ts'
import { serviceAccount as accountKind } from '../../api/kinds/serviceaccount.ts'
import { makeWorld } from '../testing.ts'
import { tokenSecretController } from './token-secrets.ts'

it('a Secret for a service account gets a token that opens the API, and goes with the account', async () => {
  const w = makeWorld({ controllers: [tokenSecretController('PEM')] })
  const make = (name: string, account: string) =>
    w.client.create(secretKind, {
      metadata: { name, namespace: 'default', annotations: { 'kubernetes.io/service-account.name': account } },
      type: 'kubernetes.io/service-account-token',
    })
  const account = w.client.create(accountKind, { metadata: { name: 'robot', namespace: 'default' } })
  make('robot-token', 'robot')
  make('nobody-token', 'nobody')
  await w.clock.settle()
  expect(w.client.list(secretKind).map(s => s.metadata.name)).toEqual(['robot-token'])
  const { data, metadata } = w.client.get(secretKind, 'default', 'robot-token')
  expect(metadata.annotations!['kubernetes.io/service-account.uid']).toBe(account.metadata.uid)
  expect(data).toMatchObject({ 'ca.crt': btoa('PEM'), namespace: btoa('default') })
  const token = atob(data!.token!)
  const who = () => authenticateToken(w.server, token)?.user.username
  expect(who()).toBe('system:serviceaccount:default:robot')
  w.client.patch(secretKind, 'default', 'robot-token', { data: { token: btoa('x') } })
  expect(who()).toBeUndefined()
  w.client.delete(accountKind, 'default', 'robot')
  await w.clock.settle()
  expect(w.client.list(secretKind)).toEqual([])
  expect(w.errors).toEqual([])
})
