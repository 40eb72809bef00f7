/** The error of a cron schedule, in the words of the parser that Kubernetes uses; undefined when it is valid. */
import { parseDuration } from '../../../clock/duration.ts'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

interface Field {
  min: number
  max: number
  names?: Readonly<Record<string, number>>
}

const named = (words: readonly string[], from: number): Record<string, number> =>
  Object.fromEntries(words.map((word, i) => [word, i + from]))

const FIELDS: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: named(MONTHS, 1) },
  { min: 0, max: 6, names: named(DAYS, 0) },
]
const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly']

class Fault extends Error {}
const fault = (text: string): never => {
  throw new Fault(text)
}

function integer(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) {
    fault(`failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`)
  }
  const value = Number(text)
  return value < 0 ? fault(`negative number (${value}) not allowed: ${text}`) : value
}

const numberFor = (text: string, { names }: Field): number => names?.[text.toLowerCase()] ?? integer(text)

function checkRange(text: string, field: Field): void {
  const steps = text.split('/')
  const [low, high, ...more] = steps[0]!.split('-') as [string, ...string[]]
  let start = field.min
  let end = field.max
  if (low !== '*' && low !== '?') {
    start = numberFor(low, field)
    end = high === undefined ? start : numberFor(high, field)
    if (more.length) fault(`too many hyphens: ${text}`)
  }
  if (steps.length > 2) fault(`too many slashes: ${text}`)
  let step = 1
  if (steps.length === 2) {
    step = integer(steps[1]!)
    if (high === undefined) end = field.max
  }
  if (start < field.min) fault(`beginning of range (${start}) below minimum (${field.min}): ${text}`)
  if (end > field.max) fault(`end of range (${end}) above maximum (${field.max}): ${text}`)
  if (start > end) fault(`beginning of range (${start}) beyond end of range (${end}): ${text}`)
  if (step === 0) fault(`step of range should be a positive number: ${text}`)
}

function parse(schedule: string): void {
  let text = schedule
  if (/^(CRON_)?TZ=/.test(text)) {
    const space = text.indexOf(' ')
    const zone = text.slice(text.indexOf('=') + 1, space < 0 ? undefined : space)
    if (!isTimeZone(zone)) fault(`provided bad location ${zone}: unknown time zone ${zone}`)
    text = space < 0 ? '' : text.slice(space).trim()
  }
  if (text.startsWith('@')) {
    if (DESCRIPTORS.includes(text)) return
    if (text.startsWith('@every ')) {
      checkDuration(text)
      return
    }
    fault(`unrecognized descriptor: ${text}`)
  }
  const words = text.trim().split(/\s+/).filter(Boolean)
  if (words.length !== 5) fault(`expected exactly 5 fields, found ${words.length}: [${words.join(' ')}]`)
  for (const [i, word] of words.entries())
    for (const part of word.split(',').filter(Boolean)) checkRange(part, FIELDS[i]!)
}

function checkDuration(descriptor: string): void {
  try {
    parseDuration(descriptor.slice('@every '.length))
  } catch (error) {
    fault(`failed to parse duration ${descriptor}: ${(error as Error).message}`)
  }
}

export function scheduleFault(schedule: string): string | undefined {
  try {
    parse(schedule)
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
}

export function isTimeZone(name: string): boolean {
  if (name === '' || name === 'UTC' || name === 'Local') return true
  if (/^[+-]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
