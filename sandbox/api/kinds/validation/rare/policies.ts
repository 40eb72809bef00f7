/** ValidatingAdmissionPolicies, MutatingAdmissionPolicies and what binds them, as they must be. */
import { cel } from '../../../cel/part.ts'
import type { PolicyCompiler } from '../../../cel/policy-language.ts'
import { duplicate, type FieldError, forbiddenField, invalid, notSupported, required } from '../../../fields.ts'
import { isLonger } from '../../../formats/text-length.ts'
import type { Draft } from '../../../kind.ts'
import { check, complaints, dns1035Label, dns1123Subdomain, pathSegment, qualifiedName } from '../content.ts'
import { labelSelector, objectMeta } from '../metadata.ts'
import { expression, FAILURE_POLICIES, matchConditions, matchResources, oneOf, refused } from './matching.ts'

const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge']
const ACTIONS = ['Audit', 'Deny', 'Warn']
const NOT_FOUND = ['Deny', 'Allow']
const MAX_ANNOTATIONS = 20
const MAX_VALUE_EXPRESSION = 5 * 1024
const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
)

function paramKind(kind: Draft): FieldError[] {
  if (!kind) return []
  const errors: FieldError[] = []
  const path = 'spec.paramKind'
  const { apiVersion = '', kind: name = '' } = kind
  const parts = apiVersion.split('/')
  if (!apiVersion) errors.push(required(`${path}.apiVersion`))
  else if (parts.length > 2)
    errors.push(invalid(`${path}.apiVersion`, apiVersion, `unexpected GroupVersion string: ${apiVersion}`))
  else {
    const [group, version] = parts.length === 2 ? parts : ['', apiVersion]
    if (group) errors.push(...check(dns1123Subdomain, `${path}.apiVersion`, group))
    if (!version) errors.push(invalid(`${path}.apiVersion`, apiVersion, 'version must be specified'))
    else errors.push(...check(dns1035Label, `${path}.apiVersion`, version))
  }
  if (!name) return [...errors, required(`${path}.kind`)]
  const wrong = dns1035Label(name.toLowerCase())
  if (wrong.length)
    errors.push(invalid(`${path}.kind`, name, `may have mixed case, but should otherwise match: ${wrong.join(',')}`))
  return errors
}

const blank = (text: string | undefined): boolean => !text?.trim()

function variable(
  compiler: PolicyCompiler,
  { name, expression: text }: Draft,
  params: boolean,
  path: string,
): FieldError[] {
  const errors: FieldError[] = []
  if (blank(name)) errors.push(required(`${path}.name`, 'name is not specified'))
  else if (!/^[_a-zA-Z]\w*$/.test(name) || RESERVED.has(name))
    errors.push(invalid(`${path}.name`, name, 'must be a valid CEL identifier'))
  if (blank(text)) return [...errors, required(`${path}.expression`, 'expression is not specified')]
  return [...errors, ...refused(compiler.addVariable(name ?? '', text, params), text, `${path}.expression`)]
}

function validation(compiler: PolicyCompiler, v: Draft, params: boolean, path: string): FieldError[] {
  const errors: FieldError[] = []
  const must = 'must be non-empty if specified'
  if (blank(v.expression)) errors.push(required(`${path}.expression`, 'expression is not specified'))
  else
    errors.push(
      ...expression(compiler, v.expression, { params, authorizer: true }, [cel.now.BOOL], `${path}.expression`),
    )
  const message = v.messageExpression
  if (message && blank(message)) errors.push(invalid(`${path}.messageExpression`, message, must))
  else if (message) {
    const at = `${path}.messageExpression`
    errors.push(...expression(compiler, message, { params, authorizer: false }, [cel.now.STRING], at))
  }
  if (v.message && blank(v.message)) errors.push(invalid(`${path}.message`, v.message, must))
  else if (/[\n\r]/.test((v.message ?? '').trim()))
    errors.push(invalid(`${path}.message`, v.message, 'must not contain line breaks'))
  return [...errors, ...oneOf(v.reason, REASONS, `${path}.reason`)]
}

function annotation(compiler: PolicyCompiler, a: Draft, policy: string, params: boolean, path: string): FieldError[] {
  const errors = policy
    ? check(qualifiedName, `${path}.key`, `${policy}/${a.key ?? ''}`)
    : [invalid(`${path}.key`, a.key ?? '', 'requires metadata.name be non-empty')]
  const at = `${path}.valueExpression`
  const text = (a.valueExpression ?? '').trim()
  if (!text) return [...errors, required(at, 'valueExpression is not specified')]
  if (isLonger(text, MAX_VALUE_EXPRESSION))
    return [...errors, required(at, `must not exceed ${MAX_VALUE_EXPRESSION} bytes in length`)]
  const wanted = [cel.now.STRING, cel.now.NULL]
  const refusal = compiler.check(text, { params, authorizer: true }, wanted)
  return [...errors, ...refused(refusal, a.valueExpression, at)]
}

function annotations(compiler: PolicyCompiler, list: readonly Draft[], policy: string, params: boolean): FieldError[] {
  const path = 'spec.auditAnnotations'
  const seen = new Set<string>()
  return [
    ...(list.length > MAX_ANNOTATIONS
      ? [invalid(path, list, `must not have more than ${MAX_ANNOTATIONS} auditAnnotations`)]
      : []),
    ...list.flatMap((a, i) => {
      const again = seen.has(a.key)
      seen.add(a.key)
      return [
        ...annotation(compiler, a, policy, params, `${path}[${i}]`),
        ...(again ? [duplicate(`${path}[${i}].key`, a.key)] : []),
      ]
    }),
  ]
}

function constraints(match: Draft): FieldError[] {
  const path = 'spec.matchConstraints'
  if (!match) return [required(path)]
  return [...matchResources(match, path), ...(match.resourceRules?.length ? [] : [required(`${path}.resourceRules`)])]
}

const compilerFor = ({ spec }: Draft): PolicyCompiler => new cel.now.PolicyCompiler(Boolean(spec.variables?.length))

/** What policies of both sorts have in common, up to their variables. */
const common = (compiler: PolicyCompiler, { metadata, spec }: Draft, params: boolean): FieldError[] => [
  ...objectMeta(metadata, false),
  ...oneOf(spec.failurePolicy, FAILURE_POLICIES, 'spec.failurePolicy'),
  ...paramKind(spec.paramKind),
  ...constraints(spec.matchConstraints),
  ...matchConditions(spec.matchConditions, params, 'spec.matchConditions'),
  ...(spec.variables ?? []).flatMap((v: Draft, i: number) => variable(compiler, v, params, `spec.variables[${i}]`)),
]

export function validatePolicy(policy: Draft): FieldError[] {
  const { metadata, spec } = policy
  const params = Boolean(spec.paramKind)
  const compiler = compilerFor(policy)
  const errors = common(compiler, policy, params)
  if (!spec.validations?.length && !spec.auditAnnotations?.length) {
    const why = 'validations or auditAnnotations must contain at least one item'
    return [...errors, required('spec.validations', why), required('spec.auditAnnotations', why)]
  }
  return [
    ...errors,
    ...(spec.validations ?? []).flatMap((v: Draft, i: number) =>
      validation(compiler, v, params, `spec.validations[${i}]`),
    ),
    ...annotations(compiler, spec.auditAnnotations ?? [], metadata.name, params),
  ]
}

const PATCHES = ['ApplyConfiguration', 'JSONPatch'] as const
const PATCH_FIELDS = { ApplyConfiguration: 'applyConfiguration', JSONPatch: 'jsonPatch' } as const
const REINVOCATION = ['IfNeeded', 'Never']

function mutation(compiler: PolicyCompiler, m: Draft, params: boolean, path: string): FieldError[] {
  const type: keyof typeof PATCH_FIELDS = m.patchType
  if (!m.patchType) return [required(`${path}.patchType`)]
  if (!PATCHES.includes(type)) return [notSupported(`${path}.patchType`, type, PATCHES)]
  const own = PATCH_FIELDS[type]
  const other = PATCH_FIELDS[type === 'JSONPatch' ? 'ApplyConfiguration' : 'JSONPatch']
  const wrong = m[other]
    ? [invalid(`${path}.${other}`, `{${other}}`, `must not be specified when patchType is ${type}`)]
    : []
  if (!m[own]) return [required(`${path}.${own}`, `must be specified when patchType is ${type}`), ...wrong]
  const text = (m[own].expression ?? '').trim()
  const at = `${path}.${own}.expression`
  if (!text) return [required(at), ...wrong]
  const wanted = type === 'JSONPatch' ? cel.now.listOf(cel.now.PATCH_TYPE) : cel.now.OBJECT_TYPE
  return [...expression(compiler, text, { params, authorizer: true, mutates: true }, [wanted], at), ...wrong]
}

export function validateMutatingPolicy(policy: Draft): FieldError[] {
  const { spec } = policy
  const at = 'spec.mutations'
  const compiler = compilerFor(policy)
  return [
    ...common(compiler, policy, Boolean(spec.paramKind)),
    ...(spec.mutations?.length
      ? spec.mutations.flatMap((m: Draft, i: number) => mutation(compiler, m, Boolean(spec.paramKind), `${at}[${i}]`))
      : [required(at, 'mutations must contain at least one item')]),
    ...(spec.reinvocationPolicy
      ? oneOf(spec.reinvocationPolicy, REINVOCATION, 'spec.reinvocationPolicy')
      : [required('spec.reinvocationPolicy')]),
  ]
}

function paramRef(ref: Draft): FieldError[] {
  if (!ref) return []
  const path = 'spec.paramRef'
  const errors: FieldError[] = []
  const exclusive = 'name and selector are mutually exclusive'
  if (ref.name) {
    errors.push(...complaints(`${path}.name`, ref.name, pathSegment(ref.name)))
    if (ref.selector) errors.push(forbiddenField(`${path}.name`, exclusive))
  }
  if (ref.selector) {
    errors.push(...labelSelector(ref.selector, `${path}.selector`))
    if (ref.name) errors.push(forbiddenField(`${path}.selector`, exclusive))
  }
  if (!ref.name && !ref.selector) errors.push(required(path, 'one of name or selector must be specified'))
  const action = ref.parameterNotFoundAction
  if (!action) return [...errors, required(`${path}.parameterNotFoundAction`)]
  return [...errors, ...oneOf(action, NOT_FOUND, `${path}.parameterNotFoundAction`)]
}

function actions(list: readonly string[]): FieldError[] {
  const path = 'spec.validationActions'
  const errors = list.flatMap((a, i) => [
    ...oneOf(a, ACTIONS, `${path}[${i}]`),
    ...(list.indexOf(a) < i ? [duplicate(`${path}[${i}]`, a)] : []),
  ])
  if (list.includes('Deny') && list.includes('Warn')) {
    const why =
      'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)'
    errors.push(invalid(path, list, why))
  }
  return list.length ? errors : [...errors, required(path, 'at least one validation action is required')]
}

/** Of a validating policy's binding; that of a mutating one has no actions. */
export const validatePolicyBinding = ({ kind, metadata, spec }: Draft): FieldError[] => [
  ...objectMeta(metadata, false),
  ...(spec.policyName ? check(dns1123Subdomain, 'spec.policyName', spec.policyName) : [required('spec.policyName')]),
  ...paramRef(spec.paramRef),
  ...matchResources(spec.matchResources, 'spec.matchResources'),
  ...(kind === 'MutatingAdmissionPolicyBinding' ? [] : actions(spec.validationActions ?? [])),
]
