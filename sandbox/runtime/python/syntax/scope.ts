/** Where names live: each is the function's own, one of a function around it, or the module's. */
import type { Clause, Comprehension, Expression, FunctionCode, Home, Name, Parameters, Statement } from './tree.ts'

interface Scope {
  kind: 'module' | 'class' | 'function'
  own: Set<string>
  globals: Set<string>
  outer: Set<string>
  parent: Scope | undefined
}

type Node = Expression | Statement | Record<string, unknown>

export function settle(module: FunctionCode): void {
  const scope: Scope = { kind: 'module', own: new Set(), globals: new Set(), outer: new Set(), parent: undefined }
  resolveAll([...module.body, ...(module.result ? [module.result] : [])], scope)
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  ('kind' in value ||
    'body' in value ||
    'value' in value ||
    'pattern' in value ||
    'context' in value ||
    'fallback' in value ||
    'module' in value ||
    'alias' in value)

function children(node: Node): Node[] {
  const all: Node[] = []
  for (const [key, value] of Object.entries(node)) {
    if (key === 'code' || (key === 'value' && node.kind === 'constant')) continue
    if (Array.isArray(value))
      for (const each of value) {
        if (isNode(each)) all.push(each)
      }
    else if (isNode(value)) all.push(value)
  }
  return all
}

/** What a function binds: assignments and all that is like one. */
function bindings(nodes: readonly Node[], scope: Scope): void {
  const bind = (name: string): void => void scope.own.add(name)
  const target = (e: Expression): void => {
    if (e.kind === 'name') bind(e.id)
    else if (e.kind === 'tuple' || e.kind === 'list') e.items.forEach(target)
    else if (e.kind === 'starred') target(e.value)
  }
  const pattern = (p: Record<string, unknown>): void => {
    if (p.kind === 'bind') bind((p.target as Name).id)
    if (p.rest) bind((p.rest as Name).id)
    for (const each of children(p)) pattern(each as Record<string, unknown>)
  }
  const visit = (node: Node): void => {
    const each = node as Statement | Expression
    switch (each.kind) {
      case 'assign':
        each.targets.forEach(target)
        break
      case 'augment':
      case 'annotate':
      case 'for':
        target(each.target)
        break
      case 'named':
        bind(each.target.id)
        break
      case 'def':
      case 'class':
        bind(each.name_!.id)
        break
      case 'import':
        for (const { alias, top } of each.names) bind((alias ?? top).id)
        break
      case 'from':
        for (const { alias } of each.names) bind(alias.id)
        break
      case 'with':
        for (const item of each.items) if (item.target) target(item.target)
        break
      case 'try':
        for (const handler of each.handlers) if (handler.name) bind(handler.name.id)
        break
      case 'delete':
        each.targets.forEach(target)
        break
      case 'global':
        for (const name of each.names) scope.globals.add(name)
        break
      case 'nonlocal':
        for (const name of each.names) scope.outer.add(name)
        break
      case 'match':
        for (const one of each.cases) pattern(one.pattern as Record<string, unknown>)
        break
      case 'lambda':
        return
      case 'comprehension':
        // What `:=` binds within belongs to the function around it.
        for (const inside of comprehensionNodes(each)) namedIn(inside, bind)
        break
    }
    for (const child of children(node)) visit(child)
  }
  nodes.forEach(visit)
  for (const name of scope.globals) scope.own.delete(name)
  for (const name of scope.outer) scope.own.delete(name)
}

const comprehensionNodes = (node: Comprehension): Node[] => [
  ...node.clauses.flatMap(c => c.conditions),
  ...(node.code.result ? [node.code.result] : []),
  ...(node.code.resultKey ? [node.code.resultKey] : []),
]

function namedIn(node: Node, bind: (name: string) => void): void {
  if (node.kind === 'named') bind((node as Extract<Expression, { kind: 'named' }>).target.id)
  for (const child of children(node)) namedIn(child, bind)
}

function homeOf(name: string, scope: Scope): Home {
  if (scope.globals.has(name) || scope.kind === 'module') return 'global'
  let up = 0
  for (let at: Scope | undefined = scope; at && at.kind !== 'module'; at = at.parent) {
    const visible = at === scope || at.kind === 'function'
    if (visible && at.own.has(name)) return at.kind === 'class' ? 'class' : up
    if (at.kind === 'function') up++
  }
  return scope.kind === 'class' ? 'class' : 'global'
}

function resolveAll(nodes: readonly Node[], scope: Scope): void {
  bindings(nodes, scope)
  for (const node of nodes) resolve(node, scope)
}

function resolve(node: Node, scope: Scope): void {
  const each = node as Statement | Expression
  if (each.kind === 'name') each.home = homeOf(each.id, scope)
  if (each.kind === 'comprehension') {
    resolveComprehension(each, scope)
    return
  }
  if (each.kind === 'class') {
    each.home = homeOf(each.name, scope)
    inside(each.code, each.code.body, undefined, scope, 'class')
  }
  if (each.kind === 'def' || each.kind === 'lambda') {
    for (const { fallback, annotation } of each.parameters.list) {
      if (fallback) resolve(fallback, scope)
      if (annotation) resolve(annotation, scope)
    }
    inside(
      each.code,
      [...each.code.body, ...(each.code.result ? [each.code.result] : [])],
      each.parameters,
      scope,
      'function',
    )
  }
  for (const child of children(node)) if (child !== (each as { parameters?: unknown }).parameters) resolve(child, scope)
}

function inside(
  code: FunctionCode,
  nodes: Node[],
  parameters: Parameters | undefined,
  parent: Scope,
  kind: Scope['kind'],
): void {
  const scope: Scope = { kind, own: new Set(), globals: new Set(), outer: new Set(), parent }
  for (const { name } of parameters?.list ?? []) scope.own.add(name)
  if (parameters?.rest) scope.own.add(parameters.rest)
  if (parameters?.keywords) scope.own.add(parameters.keywords)
  resolveAll(nodes, scope)
  code.locals = scope.own
}

function resolveComprehension(node: Comprehension, parent: Scope): void {
  const scope: Scope = { kind: 'function', own: new Set(), globals: new Set(), outer: new Set(), parent }
  const own = (e: Expression): void => {
    if (e.kind === 'name') scope.own.add(e.id)
    else if (e.kind === 'tuple' || e.kind === 'list') e.items.forEach(own)
    else if (e.kind === 'starred') own(e.value)
  }
  for (const { target } of node.clauses) own(target)
  node.clauses.forEach((clause: Clause, i) => {
    // The first source is looked up outside.
    resolve(clause.source, i ? scope : parent)
    resolve(clause.target, scope)
    for (const condition of clause.conditions) resolve(condition, scope)
  })
  if (node.code.resultKey) resolve(node.code.resultKey, scope)
  if (node.code.result) resolve(node.code.result, scope)
  node.code.locals = scope.own
}
