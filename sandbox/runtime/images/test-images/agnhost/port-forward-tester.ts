/** agnhost port-forward-tester: takes one connection, sends it pieces of data, and tells how that went by its exit code. */
import type { Connection } from '../../../../network/network.ts'
import { isErrno } from '../../../errno.ts'
import type { Process } from '../../../processes/process.ts'
import { addressOf, type Subcommand } from './go.ts'

/** How long the connection stays half open, so that nothing that was sent is lost. */
const LINGER_MS = 500

export const portForwardTester: Subcommand = async process => {
  const say = (words: string): Promise<void> => process.write(1, `${words}\n`)
  const fail = (words: string, code = 1): Promise<number> => say(words).then(() => code)
  const { BIND_ADDRESS: host, BIND_PORT: bindPort = '', EXPECTED_CLIENT_DATA: expected = '' } = process.env
  const at = addressOf(`${host || 'localhost'}:${bindPort}`)
  if (typeof at === 'string') return fail(`Error resolving: ${at}`)
  let connection: Connection
  try {
    connection = await accept(process, at.host, at.port)
  } catch (error) {
    if (!isErrno(error) && !(error instanceof Error)) throw error
    const ip = at.host === 'localhost' ? '127.0.0.1' : at.host
    return fail(`Error listening: listen tcp ${ip}:${at.port}: bind: ${error.message.toLowerCase()}`)
  }
  await say('Accepted client connection')
  if (expected) {
    const { data, ended } = await firstRead(process, connection, expected.length)
    if (data.length !== expected.length)
      return fail(
        `Expected to read ${expected.length} bytes from client, but got ${data.length} instead. err=${ended ? 'EOF' : '<nil>'}`,
        2,
      )
    if (data !== expected)
      return fail(`Expect to read ${JSON.stringify(expected)}, but got ${JSON.stringify(data)}. err=<nil>`, 3)
    await say('Received expected client data')
  }
  const numbers: number[] = []
  for (const name of ['CHUNKS', 'CHUNK_SIZE', 'CHUNK_INTERVAL']) {
    const text = process.env[name] ?? ''
    if (!/^[-+]?\d+$/.test(text))
      return fail(
        `Error parsing ${name} ${JSON.stringify(text)}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
      )
    numbers.push(Number(text))
  }
  const [chunks, size, interval] = numbers as [number, number, number]
  for (let i = 0; i < chunks; i++) {
    connection.send('x'.repeat(size))
    if (i + 1 < chunks) await process.sleep(interval)
  }
  await say('Shutting down connection')
  connection.close()
  await process.sleep(LINGER_MS)
  await say('Done')
  return 0
}

async function accept(process: Process, host: string, port: number): Promise<Connection> {
  let arrived: ((connection: Connection) => void) | undefined
  const early: Connection[] = []
  process.net.listen('TCP', port, connection => (arrived ? arrived(connection) : void early.push(connection)), host)
  return (
    early[0] ??
    process.block<Connection>(wake => {
      arrived = wake
    })
  )
}

/** What a single read gives: at most so many letters of what has arrived. */
const firstRead = (process: Process, connection: Connection, most: number): Promise<{ data: string; ended: boolean }> =>
  process.block(wake => {
    connection.onData(data => wake({ data: data.slice(0, most), ended: false }))
    connection.onClose(() => wake({ data: '', ended: true }))
  })
