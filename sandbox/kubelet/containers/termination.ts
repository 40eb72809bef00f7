/** The termination message of a container: a file, or the end of its logs. */
import type { Instance } from '../pods/instances.ts'

const MAX_BYTES = 4096
const MAX_LOG_BYTES = 2048
const MAX_LOG_LINES = 80

export function decodeTermination({ spec, container }: Instance, exitCode: number): string {
  const path = spec.terminationMessagePath ?? '/dev/termination-log'
  const text = path ? container.readFile(path) : undefined
  if (text) return tail(text, MAX_BYTES)
  if (spec.terminationMessagePolicy !== 'FallbackToLogsOnError' || exitCode === 0) return ''
  const lines = container.logs.lines().slice(-MAX_LOG_LINES)
  return tail(lines.map(line => (line.partial ? line.text : `${line.text}\n`)).join(''), MAX_LOG_BYTES)
}

const tail = (text: string, bytes: number): string => {
  const encoded = new TextEncoder().encode(text)
  return encoded.length <= bytes ? text : new TextDecoder().decode(encoded.slice(-bytes))
}
