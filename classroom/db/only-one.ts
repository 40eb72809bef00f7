/**
 * The embedded database can be open in one process only; a second one would ruin it. A socket beside the data says who has it: it
 * dies with its process, however that ends. Through it others of the same machine ask for a backup.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'

/** What systems allow for the name of a socket. */
const LONGEST = 100

function socketOf(folder: string): string {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  if (process.platform === 'win32') return `\\\\.\\pipe\\podlab-${hash}`
  const beside = join(folder, 'owner.sock')
  return beside.length <= LONGEST ? beside : join(tmpdir(), `podlab-${hash}.sock`)
}

/** @returns a connection to the process that has the folder open; undefined where nobody has */
export const owner = (folder: string): Promise<Socket | undefined> =>
  new Promise(resolve => {
    const socket = connect(socketOf(folder))
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })

/**
 * @param asked called with whoever connects
 * @returns how to give the folder free
 * @throws when another process has it
 */
export async function claim(folder: string, asked: (socket: Socket) => void): Promise<() => Promise<void>> {
  const other = await owner(folder)
  if (other) {
    other.destroy()
    throw new Error(`${folder} is in use by another process: stop that one first`)
  }
  const path = socketOf(folder)
  // Left by a process that was killed.
  if (process.platform !== 'win32') rmSync(path, { force: true })
  const server = createServer(socket => {
    socket.on('error', () => {})
    asked(socket)
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(path, done)
  })
  server.unref()
  return () => new Promise(done => server.close(() => done()))
}

/** Writes a line, and waits where the reader is slower than we are. */
export async function written(to: Writable, line: string): Promise<void> {
  if (!to.write(`${line}\n`)) await once(to, 'drain')
}
