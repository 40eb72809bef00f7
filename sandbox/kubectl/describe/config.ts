/** Describes configuration and its limits: ConfigMaps, Secrets, ServiceAccounts, Namespaces, quotas, limit ranges. */
import { parseQuantity } from '../../api/resources/quantity.ts'
import { byBytes, type Obj, sortedKeys } from '../objects.ts'
import type { Describer } from './index.ts'
import { longTime, type Writer } from './writer.ts'

const bytes = (base64: string): number => {
  try {
    return atob(base64).length
  } catch {
    return 0
  }
}

export const configMap: Describer = async (w, o, c) => {
  w.meta(o)
  w.write(0, '\nData\n====\n')
  for (const key of sortedKeys(o.data)) w.write(0, `${key}:\n----\n${o.data[key]}\n\n`)
  w.write(0, '\nBinaryData\n====\n')
  for (const key of sortedKeys(o.binaryData)) w.write(0, `${key}: ${bytes(o.binaryData[key])} bytes\n`)
  w.write(0, '\n')
  await c.events(o)
}

export const secret: Describer = (w, o) => {
  w.meta(o)
  w.write(0, `\nType:\t${o.type ?? ''}\n`)
  w.write(0, '\nData\n====\n')
  for (const key of sortedKeys(o.data)) {
    if (key === 'token' && o.type === 'kubernetes.io/service-account-token') w.line(0, `${key}:\t${atob(o.data[key])}`)
    else w.line(0, `${key}:\t${bytes(o.data[key])} bytes`)
  }
}

export const serviceAccount: Describer = async (w, o, c) => {
  w.meta(o)
  const secrets = await c.list('secrets', o.metadata.namespace)
  const there = new Set(secrets.map(s => s.metadata.name))
  const list = (title: string, names: readonly string[]): void => {
    if (!names.length) w.line(0, `${title}\t<none>`)
    for (const [i, n] of names.entries())
      w.line(0, `${i ? ' '.repeat(19) : title}\t${n}${there.has(n) ? '' : ' (not found)'}`)
  }
  const tokens = secrets.filter(
    s =>
      s.type === 'kubernetes.io/service-account-token' &&
      s.metadata.annotations?.['kubernetes.io/service-account.name'] === o.metadata.name &&
      s.metadata.annotations['kubernetes.io/service-account.uid'] === o.metadata.uid,
  )
  list(
    'Image pull secrets:',
    (o.imagePullSecrets ?? []).map((s: Obj) => s.name),
  )
  list(
    'Mountable secrets: ',
    (o.secrets ?? []).map((s: Obj) => s.name),
  )
  list(
    'Tokens:           ',
    tokens.map(s => s.metadata.name),
  )
  await c.events(o)
}

export const namespace: Describer = async (w, o, c) => {
  w.meta(o, { namespace: false })
  w.field('Status', o.status?.phase)
  if (o.status?.conditions?.length) {
    w.line(0, 'Conditions:')
    w.line(1, 'Type\tStatus\tLastTransitionTime\tReason\tMessage')
    w.line(1, '----\t------\t------------------\t------\t-------')
    for (const x of o.status.conditions)
      w.line(1, `${x.type}\t${x.status}\t${longTime(x.lastTransitionTime)}\t${x.reason}\t${x.message}`)
  }
  const quotas = await c.list('resourcequotas', o.metadata.name)
  w.line(0, '')
  if (!quotas.length) w.line(0, 'No resource quota.')
  else {
    w.line(0, 'Resource Quotas')
    for (const q of quotas) {
      w.field('Name', q.metadata.name, 1)
      scopes(w, q, 1)
      w.line(1, 'Resource\tUsed\tHard')
      w.line(1, '--------\t---\t---')
      for (const r of sortedKeys(q.status?.hard))
        w.line(1, `${r}\t${amount(q.status.used?.[r] ?? '0')}\t${amount(q.status.hard[r])}`)
    }
  }
  const limits = await c.list('limitranges', o.metadata.name)
  w.line(0, '')
  if (!limits.length) w.line(0, 'No LimitRange resource.')
  else {
    w.line(0, 'Resource Limits\n Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio')
    w.line(0, ' ----\t--------\t---\t---\t---------------\t-------------\t-----------------------')
    for (const l of limits) limitLines(w, l, ' ')
  }
}

const amount = (q: string): string => parseQuantity(q).text

const SCOPE_HELP: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
}

function scopes(w: Writer, q: Obj, level: number): void {
  const list: string[] = [...(q.spec.scopes ?? [])].sort()
  if (!list.length) return
  w.field('Scopes', list.join(', '), level)
  for (const s of list) if (SCOPE_HELP[s]) w.line(level, `${level ? '' : ' '}* ${SCOPE_HELP[s]}`)
}

export const resourceQuota: Describer = (w, q) => {
  w.field('Name', q.metadata.name)
  w.field('Namespace', q.metadata.namespace)
  scopes(w, q, 0)
  w.line(0, 'Resource\tUsed\tHard')
  w.line(0, '--------\t----\t----')
  for (const r of sortedKeys(q.status?.hard))
    w.line(0, `${r}\t${amount(q.status.used?.[r] ?? '0')}\t${amount(q.status.hard[r])}`)
}

export const limitRange: Describer = (w, l) => {
  w.field('Name', l.metadata.name)
  w.field('Namespace', l.metadata.namespace)
  w.line(0, 'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio')
  w.line(0, '----\t--------\t---\t---\t---------------\t-------------\t-----------------------')
  limitLines(w, l, '')
}

function limitLines(w: Writer, l: Obj, prefix: string): void {
  for (const item of l.spec.limits) {
    const names = new Set(
      ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'].flatMap(f => Object.keys(item[f] ?? {})),
    )
    for (const name of [...names].sort(byBytes)) {
      const cell = (f: string): string => (item[f]?.[name] !== undefined ? amount(item[f][name]) : '-')
      w.line(
        0,
        `${prefix}${item.type}\t${name}\t${cell('min')}\t${cell('max')}\t${cell('defaultRequest')}\t${cell('default')}\t${cell('maxLimitRequestRatio')}`,
      )
    }
  }
}
