/** The port that a probe or hook names: a number, or the name of one of the container's ports. */
import type { ContainerSpec } from '../types.ts'

/** @returns the port, or the words of the error */
export function resolvePort(port: string | number, container: ContainerSpec): number | string {
  let found = Number(port)
  if (typeof port === 'string') {
    const named = container.ports?.find(p => p.name === port)?.containerPort
    if (named !== undefined) found = named
    else if (!/^[+-]?\d+$/.test(port)) return `strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`
  }
  return found > 0 && found < 65_536 ? found : `invalid port number: ${found}`
}
