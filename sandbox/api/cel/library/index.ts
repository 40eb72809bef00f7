/** All functions that expressions in Kubernetes 1.36 may call. */
import type { Functions, Overload } from '../types/declarations.ts'
import { addressLibrary } from './addresses.ts'
import { authorizerLibrary } from './authorizer.ts'
import { formatLibrary } from './formats.ts'
import { listLibrary } from './lists.ts'
import { optionalLibrary } from './optionals.ts'
import { quantityLibrary } from './quantities.ts'
import { standard } from './standard.ts'
import { stringLibrary } from './strings.ts'
import { urlLibrary } from './urls.ts'
import { versionLibrary } from './versions.ts'

export function joined(...libraries: readonly Functions[]): Functions {
  const all = new Map<string, readonly Overload[]>()
  for (const library of libraries)
    for (const [name, overloads] of library) all.set(name, [...(all.get(name) ?? []), ...overloads])
  return all
}

export const kubernetes: Functions = joined(
  standard,
  optionalLibrary,
  stringLibrary,
  listLibrary,
  addressLibrary,
  authorizerLibrary,
  formatLibrary,
  quantityLibrary,
  urlLibrary,
  versionLibrary,
)
