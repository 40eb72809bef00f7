/** `io`: texts and bytes in memory. */

import { errorClass } from '../objects/errors.ts'
import { PyClass, type Value } from '../objects/values.ts'
import { open } from './open.ts'
import { binaryFile, bytesIO, stringIO, textFile } from './streams.ts'

export const io = (): Record<string, Value> => ({
  StringIO: stringIO,
  BytesIO: bytesIO,
  TextIOWrapper: textFile,
  BufferedReader: binaryFile,
  open,
  UnsupportedOperation: unsupported,
  SEEK_SET: 0,
  SEEK_CUR: 1,
  SEEK_END: 2,
  DEFAULT_BUFFER_SIZE: 8192,
})

const unsupported = new PyClass(
  'UnsupportedOperation',
  [errorClass('OSError'), errorClass('ValueError')],
  new Map(),
  'io',
  true,
)
