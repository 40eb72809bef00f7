/** map and geo: variables whose value depends on that of others. */

import { contains } from './addresses.ts'
import { compile, type Exchange, type Made } from './exchange.ts'
import { capture, pattern } from './patterns.ts'
import { at, type Directive } from './syntax.ts'

/** @throws ConfigError */
export function readMap(d: Directive, made: Made): (x: Exchange) => string {
  const source = compile(d.args[0]!, made, d)
  const exact = new Map<string, (x: Exchange) => string>()
  const patterns: [RegExp, (x: Exchange) => string][] = []
  const hosts: [string, (x: Exchange) => string][] = []
  let otherwise = (_: Exchange): string => ''
  let names = false
  for (const line of d.block ?? []) {
    if (line.name === 'hostnames') names = true
    if (line.name === 'hostnames' || line.name === 'volatile') continue
    if (line.args.length !== 1) throw at('invalid number of the map parameters', line)
    const { of } = compile(line.args[0]!, made, line)
    const key = line.name.replace(/^\\/, '').toLowerCase()
    if (line.name === 'default') otherwise = of
    else if (/^~/.test(line.name)) {
      const insensitive = line.name.startsWith('~*')
      patterns.push([pattern(line.name.slice(insensitive ? 2 : 1), insensitive, line), of])
    } else if (names && /^\*?\.|\.\*$/.test(key)) hosts.push([key, of])
    else if (exact.has(key)) throw at(`conflicting parameter "${line.name}"`, line)
    else exact.set(key, of)
  }
  return x => {
    const value = source.of(x)
    const lower = value.toLowerCase()
    const found = exact.get(lower) ?? hosts.find(([host]) => fitsHost(host, lower))?.[1]
    if (found) return found(x)
    for (const [fits, of] of patterns) {
      const match = fits.exec(value)
      if (!match) continue
      capture(x, match)
      return of(x)
    }
    return otherwise(x)
  }
}

/** `*.a.test`, `.a.test` (which is a.test too), `www.a.*`. */
export function fitsHost(name: string, host: string): boolean {
  if (name.startsWith('*.')) return host.endsWith(name.slice(1))
  if (name.startsWith('.')) return host.endsWith(name) || host === name.slice(1)
  return name.endsWith('.*') ? host.startsWith(name.slice(0, -1)) : host === name
}

/** Ranges of addresses; the smallest that holds the address counts. @throws ConfigError */
export function readGeo(d: Directive): (x: Exchange) => string {
  const ranges: [range: string, value: string][] = []
  let otherwise = ''
  for (const line of d.block ?? []) {
    const [value] = line.args
    if (value === undefined || line.args.length !== 1) throw at('invalid number of the geo parameters', line)
    if (line.name === 'default') otherwise = value
    else if (/^(\d+\.){3}\d+(\/\d+)?$/.test(line.name)) ranges.push([line.name, value])
    else throw at(`invalid network "${line.name}"`, line)
  }
  const bits = (range: string): number => Number(range.split('/')[1] ?? 32)
  ranges.sort(([a], [b]) => bits(b) - bits(a))
  return x => ranges.find(([range]) => contains(range, x.request.remote.ip))?.[1] ?? otherwise
}
