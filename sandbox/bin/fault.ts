/** `podlab node stop worker-1` and the like, from another terminal than the one in which `podlab serve` runs. */
import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { FAULT_HEADER, FAULT_PATH } from '../http/node/node.ts'
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
    const problem = await post(new URL(FAULT_PATH, server), words.join(' '))
    if (!problem) return 0
    process.stderr.write(`podlab: ${problem}\n`)
  } catch {
    process.stderr.write(`podlab: no cluster answers at ${server}; is "podlab serve" running there?\n`)
  }
  return 1
}

/** @returns what is wrong with the command, or nothing. Whose certificate it is does not matter: no secret is told. */
function post(url: URL, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { [FAULT_HEADER]: command } }
    const asking =
      url.protocol === 'https:' ? secureRequest(url, { ...options, rejectUnauthorized: false }) : request(url, options)
    asking.on('error', reject)
    asking.on('response', answer => void text(answer).then(resolve, reject))
    asking.end()
  })
}
