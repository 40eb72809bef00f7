/** Reads the published types out of kubernetes-models' declarations: names, shapes and descriptions of every field. */
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'

/** A field's shape, as far as a declaration tells. */
export type Shape =
  | { is: 'string'; enum?: string[] }
  | { is: 'number' | 'boolean' | 'any' | 'quantity' | 'intOrString' | 'time' | 'microTime' }
  | { is: 'list'; of: Shape }
  | { is: 'map'; of: Shape }
  | { is: 'ref'; type: string }

export interface DeclaredField {
  name: string
  shape: Shape
  required: boolean
  description: string
}

export interface DeclaredType {
  /** `core/v1.Container`, `meta/v1.ObjectMeta`. */
  id: string
  description: string
  fields: DeclaredField[]
}

/** Interfaces that stand for something else than an object with those fields. */
const SPECIAL: Record<string, Shape> = {
  IIntOrString: { is: 'intOrString' },
  IQuantity: { is: 'quantity' },
  ITime: { is: 'time' },
  IMicroTime: { is: 'microTime' },
  IFieldsV1: { is: 'any' },
  IRawExtension: { is: 'any' },
  IJSON: { is: 'any' },
}

/** The folder of a declaration, in the way Kubernetes' own packages are called. */
function idOf(file: string, name: string): string {
  const path = file.replace(/.*\/node_modules\//, '').replace(/^kubernetes-models\//, '')
  const match = /^(?:@kubernetes-models\/apimachinery\/apis\/)?(?:([\w.-]+)\/)?(v\d\w*)\//.exec(path)
  if (!match) throw new Error(`no package name in ${file}`)
  return `${(match[1] ?? 'core').split('.')[0]}/${match[2]}.${name.slice(1)}`
}

const doc = (node: ts.Node): string =>
  ts
    .getJSDocCommentsAndTags(node)
    .map(part => (ts.isJSDoc(part) ? (ts.getTextOfJSDocComment(part.comment) ?? '') : ''))
    .join('\n')
    // In a comment stars and slashes wear a backslash, so that nothing ends it.
    .replace(/\\([*/])/g, '$1')

export class Declarations {
  readonly types = new Map<string, DeclaredType>()
  readonly #files = new Map<string, { source: ts.SourceFile; imports: Map<string, string> }>()

  /** Reads one interface and everything that it speaks of. */
  read(file: string, name: string): string {
    const { source, imports } = this.#open(file)
    const own = imports.get(name)
    if (own) return this.read(own, aliasedIn(this.#open(own).source, name))
    const id = idOf(file, name)
    if (this.types.has(id)) return id
    const declared = source.statements.find(s => ts.isInterfaceDeclaration(s) && s.name.text === name)
    if (!declared || !ts.isInterfaceDeclaration(declared)) throw new Error(`no interface ${name} in ${file}`)
    const type: DeclaredType = { id, description: doc(declared), fields: [] }
    this.types.set(id, type)
    for (const member of declared.members) {
      if (!ts.isPropertySignature(member) || !member.type || !ts.isStringLiteral(member.name)) continue
      type.fields.push({
        name: member.name.text,
        shape: this.#shape(member.type, file),
        required: !member.questionToken,
        description: doc(member),
      })
    }
    return id
  }

  #open(file: string): { source: ts.SourceFile; imports: Map<string, string> } {
    let known = this.#files.get(file)
    if (known) return known
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
    const imports = new Map<string, string>()
    for (const statement of source.statements) {
      if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
      const from = locate(file, statement.moduleSpecifier.text)
      const bindings = statement.importClause?.namedBindings
      if (bindings && ts.isNamedImports(bindings))
        for (const { name } of bindings.elements) imports.set(name.text, from)
    }
    known = { source, imports }
    this.#files.set(file, known)
    return known
  }

  #shape(node: ts.TypeNode, file: string): Shape {
    if (ts.isParenthesizedTypeNode(node)) return this.#shape(node.type, file)
    if (ts.isUnionTypeNode(node)) {
      const literals = node.types.filter(t => ts.isLiteralTypeNode(t) && ts.isStringLiteral(t.literal))
      if (literals.length === node.types.length) return { is: 'string', enum: literals.map(literal) }
      const rest = node.types.filter(t => t.kind !== ts.SyntaxKind.UndefinedKeyword && !isNull(t))
      return rest.length === 1 ? this.#shape(rest[0]!, file) : { is: 'any' }
    }
    if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) return { is: 'string', enum: [literal(node)] }
    if (ts.isArrayTypeNode(node)) return { is: 'list', of: this.#shape(node.elementType, file) }
    if (ts.isTypeLiteralNode(node)) {
      const index = node.members.find(ts.isIndexSignatureDeclaration)
      return index ? { is: 'map', of: this.#shape(index.type, file) } : { is: 'any' }
    }
    if (ts.isTypeReferenceNode(node)) return this.#reference(node, file)
    if (node.kind === ts.SyntaxKind.StringKeyword) return { is: 'string' }
    if (node.kind === ts.SyntaxKind.NumberKeyword) return { is: 'number' }
    if (node.kind === ts.SyntaxKind.BooleanKeyword) return { is: 'boolean' }
    return { is: 'any' }
  }

  #reference(node: ts.TypeReferenceNode, file: string): Shape {
    const name = node.typeName.getText()
    if (name === 'Array') return { is: 'list', of: this.#shape(node.typeArguments![0]!, file) }
    const from = this.#open(file).imports.get(name)
    if (!from) return name.startsWith('I') ? { is: 'ref', type: this.read(file, name) } : { is: 'any' }
    const real = aliasedIn(this.#open(from).source, name)
    const special = SPECIAL[real]
    if (special) return special
    const declared = this.#open(from).source.statements.find(s => ts.isInterfaceDeclaration(s) && s.name.text === real)
    if (declared) return { is: 'ref', type: this.read(from, real) }
    const alias = this.#open(from).source.statements.find(s => ts.isTypeAliasDeclaration(s) && s.name.text === real)
    return alias && ts.isTypeAliasDeclaration(alias) ? this.#shape(alias.type, from) : { is: 'any' }
  }
}

const literal = (node: ts.TypeNode): string =>
  ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? node.literal.text : ''

const isNull = (node: ts.TypeNode): boolean =>
  ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword

/** A file exports its interface under a long name too; this gives the short one. */
function aliasedIn(source: ts.SourceFile, name: string): string {
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || !ts.isNamedExports(statement.exportClause))
      continue
    for (const { name: exported, propertyName } of statement.exportClause.elements) {
      if (exported.text === name && propertyName) return propertyName.text
    }
  }
  return name
}

const MODULES = resolve(import.meta.dirname, '../../../node_modules')

export const declarationFile = (module: string): string => join(MODULES, `${module}.d.ts`)

const locate = (file: string, specifier: string): string =>
  specifier.startsWith('.') ? join(dirname(file), specifier.replace(/\.js$/, '.d.ts')) : declarationFile(specifier)
