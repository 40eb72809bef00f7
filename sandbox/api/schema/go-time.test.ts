/** Times in RFC 3339 as Go reads and writes them. */
import { describe, expect, test } from 'vitest'
import { readExactTime, readMicroTime, readTime } from './go-time.ts'

/** What Go 1.26 says to each. */
describe('a time in RFC 3339 is read as Go reads it', () => {
  const LAYOUT = 'as "2006-01-02T15:04:05Z07:00": cannot parse'
  test.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59Z'],
    ['2026-01-01T1:00:00Z', '2026-01-01T01:00:00Z'],
    ['2026-01-01T00:00:00,5Z', '2026-01-01T00:00:00Z'],
    ['2026-01-01T00:00:59.999999999999Z', '2026-01-01T00:00:59Z'],
    ['2026-01-01T01:30:00+01:30', '2026-01-01T00:00:00Z'],
    ['2026-01-01T00:00:00-01:30', '2026-01-01T01:30:00Z'],
    ['2026-01-01T00:00:00+24:60', '2025-12-30T23:00:00Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
    ['0050-03-01T00:00:00Z', '0050-03-01T00:00:00Z'],
  ])('%s', (text, time) => expect(readTime(text)).toEqual({ time }))

  test.each([
    ['2026-02-31T00:00:00Z', 'parsing time "2026-02-31T00:00:00Z": day out of range'],
    ['2026-02-29T00:00:00Z', 'parsing time "2026-02-29T00:00:00Z": day out of range'],
    ['2026-01-00T00:00:00Z', 'parsing time "2026-01-00T00:00:00Z": day out of range'],
    ['2026-13-01T00:00:00Z', 'parsing time "2026-13-01T00:00:00Z": month out of range'],
    ['2026-00-01T00:00:00Z', 'parsing time "2026-00-01T00:00:00Z": month out of range'],
    ['2026-99-99T99:99:99Z', 'parsing time "2026-99-99T99:99:99Z": month out of range'],
    ['2026-01-01T24:00:00Z', 'parsing time "2026-01-01T24:00:00Z": hour out of range'],
    ['2026-01-01T00:60:00Z', 'parsing time "2026-01-01T00:60:00Z": minute out of range'],
    ['2026-01-01T00:00:60Z', 'parsing time "2026-01-01T00:00:60Z": second out of range'],
    ['2026-01-01T00:00:00+25:00', 'parsing time "2026-01-01T00:00:00+25:00": time zone offset hour out of range'],
    ['2026-01-01T00:00:00+01:61', 'parsing time "2026-01-01T00:00:00+01:61": time zone offset minute out of range'],
    ['2026-02-31T00:00:00Zx', 'parsing time "2026-02-31T00:00:00Zx": extra text: "x"'],
    ['2026-1-01T00:00:00Z', `parsing time "2026-1-01T00:00:00Z" ${LAYOUT} "1-01T00:00:00Z" as "01"`],
    ['2026-01-1T00:00:00Z', `parsing time "2026-01-1T00:00:00Z" ${LAYOUT} "1T00:00:00Z" as "02"`],
    ['20260101', `parsing time "20260101" ${LAYOUT} "0101" as "-"`],
    ['2026-01-01 00:00:00Z', `parsing time "2026-01-01 00:00:00Z" ${LAYOUT} " 00:00:00Z" as "T"`],
    ['2026-01-01T', `parsing time "2026-01-01T" ${LAYOUT} "" as "15"`],
    ['2026-01-01T123:00:00Z', `parsing time "2026-01-01T123:00:00Z" ${LAYOUT} "3:00:00Z" as ":"`],
    ['2026-01-01T00:0:00Z', `parsing time "2026-01-01T00:0:00Z" ${LAYOUT} "0:00Z" as "04"`],
    ['2026-01-01T00:00:0Z', `parsing time "2026-01-01T00:00:0Z" ${LAYOUT} "0Z" as "05"`],
    ['2026-01-01T00:00:00.Z', `parsing time "2026-01-01T00:00:00.Z" ${LAYOUT} ".Z" as "Z07:00"`],
    ['2026-01-01T00:00:00.5', `parsing time "2026-01-01T00:00:00.5" ${LAYOUT} "" as "Z07:00"`],
    ['2026-01-01T00:00:00+0100', `parsing time "2026-01-01T00:00:00+0100" ${LAYOUT} "+0100" as "Z07:00"`],
    ['2026-01-01T00:00:00z', `parsing time "2026-01-01T00:00:00z" ${LAYOUT} "z" as "Z07:00"`],
    ['"grün\n\\', `parsing time "\\"gr\\xc3\\xbcn\\x0a\\\\" ${LAYOUT} "\\"gr\\xc3\\xbcn\\x0a\\\\" as "2006"`],
    ['', `parsing time "" ${LAYOUT} "" as "2006"`],
  ])('%s is none', (text, fault) => expect(readTime(text)).toEqual({ fault }))
})

test('a time with microseconds has exactly those', () => {
  const fault = (text: string): string | undefined => readMicroTime(text).fault?.replace(/^.*: cannot/, 'cannot')
  expect(readMicroTime('2026-01-01T02:00:00.123456+02:00')).toEqual({ time: '2026-01-01T00:00:00.123456Z' })
  expect(fault('2026-01-01T00:00:00Z')).toBe('cannot parse "Z" as ".000000"')
  expect(fault('2026-01-01T00:00:00.12Z')).toBe('cannot parse ".12Z" as ".000000"')
  expect(fault('2026-01-01T00:00:00.123456789Z')).toBe('cannot parse "789Z" as "Z07:00"')
  expect(readMicroTime('x').fault).toBe(
    'parsing time "x" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "x" as "2006"',
  )
})

test('where it counts, a time keeps its fraction', () => {
  expect(readExactTime('2026-01-01T1:00:00,25Z')).toEqual({ time: '2026-01-01T01:00:00.250000000Z' })
  expect(readExactTime('2026-01-01T01:00:00Z')).toEqual({ time: '2026-01-01T01:00:00.000000000Z' })
})
