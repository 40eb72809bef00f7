/** A Pod's names in the network: host names, aliases, name servers. */
import { type FieldError, forbiddenField, invalid, required, tooLong } from '../../../fields.ts'
import { isLonger } from '../../../formats/text-length.ts'
import type { Draft } from '../../../kind.ts'
import { check, dns1123Subdomain, dns1123SubdomainWithUnderscore } from '../../validation/content.ts'
import { address, each, isSet } from './rules.ts'

export const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']
const MAX_SERVERS = 3
const MAX_SEARCHES = 32
const MAX_SEARCH_LENGTH = 2048

export function dnsConfig(spec: Draft, field: string): FieldError[] {
  const config = spec.dnsConfig
  if (spec.dnsPolicy === 'None') {
    if (!config) return [required(field, 'must provide `dnsConfig` when `dnsPolicy` is None')]
    if (!config.nameservers?.length)
      return [required(`${field}.nameservers`, 'must provide at least one DNS nameserver when `dnsPolicy` is None')]
  }
  if (!config) return []
  const servers: string[] = config.nameservers ?? []
  const searches: string[] = config.searches ?? []
  const errors: FieldError[] = []
  if (servers.length > MAX_SERVERS)
    errors.push(invalid(`${field}.nameservers`, servers, `must not have more than ${MAX_SERVERS} nameservers`))
  errors.push(...servers.flatMap((server, i) => address(server, `${field}.nameservers[${i}]`)))
  if (searches.length > MAX_SEARCHES)
    errors.push(invalid(`${field}.searches`, searches, `must not have more than ${MAX_SEARCHES} search paths`))
  if (isLonger(searches.join(' '), MAX_SEARCH_LENGTH)) {
    const why = `must not have more than ${MAX_SEARCH_LENGTH} characters (including spaces) in the search list`
    errors.push(invalid(`${field}.searches`, searches, why))
  }
  const paths = searches.flatMap((search, i) =>
    search === '.' ? [] : check(dns1123SubdomainWithUnderscore, `${field}.searches[${i}]`, search.replace(/\.$/, '')),
  )
  const options = each(config.options, `${field}.options`, (option, path) =>
    option.name ? [] : [required(path, 'must not be empty')],
  )
  return [...errors, ...paths, ...options]
}

export function hostnameOverride(spec: Draft, field: string): FieldError[] {
  const name = spec.hostnameOverride
  if (!isSet(name)) return []
  const path = `${field}.hostnameOverride`
  const errors: FieldError[] = []
  if (spec.setHostnameAsFQDN) errors.push(forbiddenField(path, 'may not be specified when setHostnameAsFQDN is true'))
  if (spec.hostNetwork) errors.push(forbiddenField(path, 'may not be specified when hostNetwork is true'))
  if (isLonger(name, 64)) errors.push(tooLong(path, 64))
  return [...errors, ...check(dns1123Subdomain, path, name)]
}

export const hostAliases = (list: Draft, field: string): FieldError[] =>
  each(list, field, (alias, path) => [
    ...address(alias.ip ?? '', `${path}.ip`),
    ...(alias.hostnames ?? []).flatMap((name: string, i: number) =>
      check(dns1123Subdomain, `${path}.hostnames[${i}]`, name),
    ),
  ])
