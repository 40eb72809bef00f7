/** Selectors of nodes, outside of Pods. */
import { type FieldError, forbiddenField, invalid, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import { check, dns1123Subdomain, labelValue, qualifiedName } from './content.ts'

function expression({ key, operator, values = [] }: Draft, path: string): FieldError[] {
  const errors: FieldError[] = []
  if (operator === 'In' || operator === 'NotIn') {
    if (!values.length) errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"))
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length)
      errors.push(
        forbiddenField(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
      )
  } else if (operator === 'Gt' || operator === 'Lt') {
    const why = "must be specified single value when `operator` is 'Lt' or 'Gt'"
    if (values.length !== 1) errors.push(required(`${path}.values`, why))
  } else errors.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'))
  return [
    ...errors,
    ...check(qualifiedName, `${path}.key`, key),
    ...values.flatMap((v: string, i: number) => check(labelValue, `${path}.values[${i}]`, v)),
  ]
}

function field({ key, operator, values = [] }: Draft, path: string): FieldError[] {
  const errors: FieldError[] = []
  if (operator === 'In' || operator === 'NotIn') {
    const why = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"
    if (values.length !== 1) errors.push(required(`${path}.values`, why))
  } else errors.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'))
  if (key !== 'metadata.name') return [...errors, invalid(`${path}.key`, key ?? '', 'not a valid field selector key')]
  return [...errors, ...values.flatMap((v: string, i: number) => check(dns1123Subdomain, `${path}.values[${i}]`, v))]
}

export function nodeSelector({ nodeSelectorTerms: terms = [] }: Draft, path: string): FieldError[] {
  const list = `${path}.nodeSelectorTerms`
  if (!terms?.length) return [required(list, 'must have at least one node selector term')]
  return terms.flatMap((term: Draft, i: number) => [
    ...(term.matchExpressions ?? []).flatMap((e: Draft, j: number) =>
      expression(e, `${list}[${i}].matchExpressions[${j}]`),
    ),
    ...(term.matchFields ?? []).flatMap((f: Draft, j: number) => field(f, `${list}[${i}].matchFields[${j}]`)),
  ])
}
