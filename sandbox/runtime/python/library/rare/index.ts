/** Modules that few programs import: loaded with the first of them. */
import { BISECT, COPY, HEAPQ } from './algorithms.ts'
import { CONFIGPARSER } from './configparser.ts'
import { DECIMAL } from './decimal.ts'
import { FRACTIONS } from './fractions.ts'
import { HMAC } from './hmac.ts'
import { LOGGING_CONFIG } from './logging-config.ts'
import { LOGGING_HANDLERS } from './logging-handlers.ts'
import { STATISTICS } from './statistics.ts'
import { TEXTWRAP } from './textwrap.ts'

export const RARE = {
  bisect: BISECT,
  configparser: CONFIGPARSER,
  copy: COPY,
  decimal: DECIMAL,
  fractions: FRACTIONS,
  heapq: HEAPQ,
  hmac: HMAC,
  'logging.config': LOGGING_CONFIG,
  'logging.handlers': LOGGING_HANDLERS,
  statistics: STATISTICS,
  textwrap: TEXTWRAP,
}
