/** Numbers and truths in a query, as Kubernetes decodes them. */
import { badRequest } from '../status.ts'

/** What is wrong with a whole number of 64 bits. */
export function numberFault(text: string, func: 'ParseInt' | 'ParseUint'): string | undefined {
  const isNumber = (func === 'ParseInt' ? /^[-+]?\d+$/ : /^\d+$/).test(text)
  const fault = (why: string): string => `strconv.${func}: parsing ${JSON.stringify(text)}: ${why}`
  if (!isNumber) return fault('invalid syntax')
  const value = BigInt(text.replace('+', ''))
  const fits = func === 'ParseInt' ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value)
  return fits === value ? undefined : fault('value out of range')
}

/** @throws BadRequest for what is no number */
export function integer(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const fault = numberFault(text, 'ParseInt')
  if (fault) throw badRequest(fault)
  return Number(text)
}

export const flag = (query: URLSearchParams, name: string): boolean => {
  const text = query.get(name)
  return text !== null && text.toLowerCase() !== 'false' && text !== '0'
}
