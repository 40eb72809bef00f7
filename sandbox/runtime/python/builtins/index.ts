/** The built-in names of every program: functions, classes, errors, constants. */

import { installStreams } from '../modules/file-methods.ts'
import { open } from '../modules/open.ts'
import { ERRORS } from '../objects/errors.ts'
import { namedClasses } from '../objects/types.ts'
import { ELLIPSIS, NOT_IMPLEMENTED, type Value } from '../objects/values.ts'
import { installContainers } from './containers.ts'
import { FUNCTIONS } from './functions.ts'
import { installGenerators } from './generators.ts'
import { installGroups } from './groups.ts'
import { installText } from './text/index.ts'
import { installMakers, installValues } from './values.ts'

installMakers()
installValues()
installText()
installContainers()
installStreams()
installGenerators()
installGroups()

const NAMES: readonly [string, Value][] = [
  ...namedClasses(),
  ...ERRORS,
  ['IOError', ERRORS.get('OSError')!],
  ['EnvironmentError', ERRORS.get('OSError')!],
  ['open', open],
  ['NotImplemented', NOT_IMPLEMENTED],
  ['Ellipsis', ELLIPSIS],
  ['__debug__', true],
  ...Object.entries(FUNCTIONS),
]

/** Nobody can change them but in their own table. */
export const builtinNames = (): Map<string, Value> => new Map(NAMES)
