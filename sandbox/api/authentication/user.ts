/** The user who makes a request. */

export interface UserInfo {
  username: string
  uid?: string
  groups: readonly string[]
  extra?: Readonly<Record<string, readonly string[]>>
}

/** The administrator that kubeadm makes. */
export const ADMIN: UserInfo = {
  username: 'kubernetes-admin',
  groups: ['kubeadm:cluster-admins', 'system:authenticated'],
}

/** The user of a request without credentials. */
export const ANONYMOUS: UserInfo = { username: 'system:anonymous', groups: ['system:unauthenticated'] }

const NODE = 'system:node:'
const NODES = 'system:nodes'

/** The node that a user is the kubelet of: '' where it does not say which; undefined for all others. */
export function nodeOf({ username, groups }: UserInfo): string | undefined {
  return username.startsWith(NODE) && groups.includes(NODES) ? username.slice(NODE.length) : undefined
}

/** A part of the control plane, or a node's kubelet. */
export function systemUser(username: string): UserInfo {
  const groups = username.startsWith(NODE) ? [NODES, 'system:authenticated'] : ['system:authenticated']
  return { username, groups }
}

/** A service account's user. */
export const serviceAccountUser = (namespace: string, name: string, uid?: string): UserInfo => ({
  username: `system:serviceaccount:${namespace}:${name}`,
  ...(uid && { uid }),
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
})
