/** `podlab node stop worker-1` and the like, from another terminal than the one in which `podlab serve` runs. */
import { parseArgs } from 'node:util'
import { FAULT_HEADER, FAULT_PATH } from '../http/node.ts'
import { faultUsage } from '../scenario/faults.ts'

const DEFAULT_SERVER = 'http://127.0.0.1:6443'

/** @returns the exit code */
export async function fault(args: string[]): Promise<number> {
  let server: string
  let words: string[]
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { server: { type: 'string', short: 's', default: DEFAULT_SERVER } },
    })
    server = values.server
    words = positionals
  } catch (error) {
    process.stderr.write(`podlab: ${(error as Error).message}\n\n${faultUsage()}`)
    return 1
  }
  try {
    const headers = { [FAULT_HEADER]: words.join(' ') }
    const answer = await fetch(new URL(FAULT_PATH, server), { method: 'POST', headers })
    if (answer.ok) return 0
    process.stderr.write(`podlab: ${await answer.text()}\n`)
  } catch {
    process.stderr.write(`podlab: no cluster answers at ${server}; is "podlab serve" running there?\n`)
  }
  return 1
}
