/** The configuration that a container finds in itself: the service account's files and the variables of the Service `kubernetes`. */
import type { Io, RestConfig } from '../io.ts'

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Whether there is any, as client-go looks for it. */
async function token(io: Io): Promise<string | undefined> {
  if (!io.env.KUBERNETES_SERVICE_HOST || !io.env.KUBERNETES_SERVICE_PORT) return undefined
  return io.files.read(`${ACCOUNT}/token`)
}

export async function inClusterConfig(io: Io): Promise<RestConfig | undefined> {
  const found = await token(io)
  if (found === undefined) return undefined
  const caData = await io.files.read(`${ACCOUNT}/ca.crt`)
  return {
    server: `https://${io.env.KUBERNETES_SERVICE_HOST}:${io.env.KUBERNETES_SERVICE_PORT}`,
    token: found.trim(),
    ...(caData !== undefined && { caData }),
  }
}

export async function inClusterNamespace(io: Io): Promise<string | undefined> {
  if ((await token(io)) === undefined) return undefined
  return io.env.POD_NAMESPACE || (await io.files.read(`${ACCOUNT}/namespace`))?.trim() || 'default'
}
