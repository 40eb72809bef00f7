/** A terminal joined to a container: stdin out, stdout and stderr in, until the other side has ended. */

import type { Query } from '../client/client.ts'
import { ApiError, KubectlError } from '../errors.ts'
import { type Channel, ERROR, type Io, RESIZE, STDERR, STDIN, STDOUT } from '../io.ts'
import type { Kubectl } from '../kubectl.ts'
import { remoteExit } from './podof.ts'

export interface Streaming {
  path: string
  query: Query
  stdin: boolean
  tty: boolean
}

/** @returns the exit code */
export async function stream(k: Kubectl, { path, query, stdin, tty }: Streaming): Promise<number> {
  const client = await k.client()
  let channel: Channel
  try {
    channel = await client.channel(path, query)
  } catch (e) {
    throw upgradeError(e)
  }
  const { io } = k
  const raw = tty && stdin && io.isTerminal(0)
  if (raw) io.raw?.(true)
  const resize = (size: { columns: number; rows: number } | undefined): void => {
    if (size) channel.send(RESIZE, JSON.stringify({ Width: size.columns, Height: size.rows }))
  }
  const stopResize = tty ? io.onResize?.(resize) : undefined
  if (tty) resize(io.size())
  const pump = stdin ? io.background(own => sendInput(own, channel)) : undefined
  let status = ''
  try {
    for (;;) {
      const message = await channel.receive()
      if (!message) break
      if (message.channel === STDOUT) await io.out(message.data)
      else if (message.channel === STDERR) await io.err(message.data)
      else if (message.channel === ERROR) {
        status += message.data
        break
      }
    }
  } finally {
    await pump?.stop()
    stopResize?.()
    if (raw) io.raw?.(false)
    channel.close()
  }
  return remoteExit(status)
}

async function sendInput(io: Io, channel: Channel): Promise<void> {
  for (;;) {
    const data = await io.read()
    if (!data) break
    channel.send(STDIN, data)
  }
  channel.end(STDIN)
}

/** A refused upgrade is an answer of the API like any other. */
function upgradeError(e: unknown): unknown {
  if (e instanceof ApiError && e.reason === 'InternalError')
    return new KubectlError(`Internal error occurred: ${e.message.replace(/^Internal error occurred: /, '')}`)
  return e
}
