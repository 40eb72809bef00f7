/** The built-in names of every program: functions, classes, errors, constants. */

import { open } from '../modules/open.ts'
import { installStreams } from '../modules/streams.ts'
import { ERRORS } from '../objects/errors.ts'
import { namedClasses } from '../objects/types.ts'
import { ELLIPSIS, NOT_IMPLEMENTED, type Value } from '../objects/values.ts'
import { installContainers } from './containers.ts'
import { functions } from './define.ts'
import { FUNCTIONS } from './functions.ts'
import { installText } from './text/index.ts'
import { installMakers, installValues } from './values.ts'

installMakers()
installValues()
installText()
installContainers()
installStreams()

const NAMES: readonly [string, Value][] = [
  ...namedClasses(),
  ...ERRORS,
  ['IOError', ERRORS.get('OSError')!],
  ['EnvironmentError', ERRORS.get('OSError')!],
  ['open', open],
  ['NotImplemented', NOT_IMPLEMENTED],
  ['Ellipsis', ELLIPSIS],
  ['__debug__', true],
  ...Object.entries(functions(FUNCTIONS)),
]

/** Nobody can change them but in their own table. */
export const builtinNames = (): Map<string, Value> => new Map(NAMES)
