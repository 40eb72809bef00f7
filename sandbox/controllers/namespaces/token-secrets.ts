/** Secrets of type service-account-token get a token that never ends, for as long as their account is there. */

import { signForSecret } from '../../api/authentication/token.ts'
import { secret as secretKind } from '../../api/kinds/secret.ts'
import { serviceAccount as accountKind } from '../../api/kinds/serviceaccount.ts'
import { isConflict, isNotFound } from '../../api/status.ts'
import type { Secret } from '../../api/types.ts'
import { type Controller, keyOf, watch } from '../controller.ts'

const TYPE = 'kubernetes.io/service-account-token'
const NAME = 'kubernetes.io/service-account.name'
const UID = 'kubernetes.io/service-account.uid'

const accountOf = ({ type, metadata }: Secret): string | undefined =>
  type === TYPE ? metadata.annotations?.[NAME] || undefined : undefined

/** @param certificate of the cluster's authority, in PEM */
export const tokenSecretController = (certificate: string): Controller => ({
  name: 'serviceaccount-token-controller',
  for: secretKind,
  watches: [
    watch(accountKind, ({ object: { metadata } }, client) =>
      client
        .list(secretKind, { namespace: metadata.namespace ?? '' })
        .filter(secret => accountOf(secret) === metadata.name)
        .map(keyOf),
    ),
  ],
  reconcile({ namespace, name }, { client }) {
    const secret = client.find(secretKind, namespace, name)
    const of = secret && accountOf(secret)
    if (!of || secret.metadata.deletionTimestamp) return
    const account = client.find(accountKind, namespace, of)
    const known = secret.metadata.annotations![UID]
    if (!account || (known && known !== account.metadata.uid)) {
      try {
        client.delete(secretKind, namespace, name, { preconditions: { uid: secret.metadata.uid } })
      } catch (error) {
        if (!isNotFound(error) && !isConflict(error)) throw error
      }
      return
    }
    const { uid } = account.metadata
    const data: Record<string, string> = {
      'ca.crt': btoa(certificate),
      namespace: btoa(namespace),
      ...secret.data,
    }
    data.token ??= btoa(signForSecret({ namespace, account: of, uid, secret: name }))
    if (known && Object.keys(data).length === Object.keys(secret.data ?? {}).length) return
    const metadata = { ...secret.metadata, annotations: { ...secret.metadata.annotations, [UID]: uid } }
    client.update(secretKind, { ...secret, metadata, data })
  },
})
