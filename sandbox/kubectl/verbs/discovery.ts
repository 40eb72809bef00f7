/** kubectl api-resources and api-versions: what the server has. */
import { apiVersionOf, type Mapping } from '../client/discovery.ts'
import { noVersions } from '../client/unreachable.ts'
import { KubectlError } from '../errors.ts'
import { ConnectionError } from '../io.ts'
import type { Kubectl } from '../kubectl.ts'
import { byBytes } from '../objects.ts'
import { align, TABLE_TABS } from '../print/tabwriter.ts'

export async function apiResources(k: Kubectl): Promise<void> {
  const { flags } = k
  if (k.args.length) k.usage(`unexpected arguments: [${k.args.join(' ')}]`)
  const output = flags.str('output')
  if (output && output !== 'wide' && output !== 'name') throw new KubectlError(`--output ${output} is not available`)
  const sort = flags.str('sort-by')
  if (sort && sort !== 'name' && sort !== 'kind') throw new KubectlError('--sort-by accepts only name or kind')
  const wide = output === 'wide'
  const header =
    flags.bool('no-headers') || output === 'name'
      ? ''
      : `NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND${wide ? '\tVERBS\tCATEGORIES' : ''}\n`
  const discovery = await (flags.bool('cached') ? k.discovery(1) : k.freshDiscovery()).catch(async e => {
    if (e instanceof ConnectionError) await k.out(align(header, TABLE_TABS))
    throw e
  })
  const verbs = flags.list('verbs')
  const categories = flags.list('categories')
  const seen = new Set<string>()
  let list = discovery.mappings.filter(m => {
    const key = `${m.group}/${m.plural}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
  list = list.filter(m => m.verbs.length)
  if (flags.changed('api-group')) list = list.filter(m => m.group === flags.str('api-group'))
  if (flags.changed('namespaced')) list = list.filter(m => m.namespaced === flags.bool('namespaced'))
  if (verbs.length) list = list.filter(m => verbs.every(v => m.verbs.includes(v)))
  if (categories.length) list = list.filter(m => categories.every(c => m.categories.includes(c)))
  const by = (key: (m: Mapping) => string) => (a: Mapping, b: Mapping) => byBytes(key(a), key(b))
  list.sort(
    sort === 'kind'
      ? by(m => m.kind)
      : sort === 'name'
        ? by(m => m.plural)
        : (a, b) => byBytes(a.group, b.group) || byBytes(a.plural, b.plural),
  )
  if (output === 'name') {
    await k.out(list.map(m => `${m.plural}${m.group ? `.${m.group}` : ''}\n`).join(''))
    return
  }
  const rows = list.map(
    m =>
      `${m.plural}\t${m.shortNames.join(',')}\t${apiVersionOf(m)}\t${m.namespaced}\t${m.kind}${wide ? `\t${m.verbs.join(',')}\t${m.categories.join(',')}` : ''}\n`,
  )
  await k.out(align(header + rows.join(''), TABLE_TABS))
}

export async function apiVersions(k: Kubectl): Promise<void> {
  if (k.args.length) k.usage(`unexpected arguments: [${k.args.join(' ')}]`)
  const { groups } = await k.freshDiscovery().catch(async e => {
    throw await noVersions(k, e)
  })
  const all = groups.flatMap(g => g.versions.map(v => (g.name ? `${g.name}/${v}` : v)))
  await k.out(
    [...all]
      .sort(byBytes)
      .map(v => `${v}\n`)
      .join(''),
  )
}
