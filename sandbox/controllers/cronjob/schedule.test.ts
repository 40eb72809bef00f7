/** Schedules in every form that the API accepts: when their next times are. */
import { expect, it } from 'vitest'
import { scheduleFault } from '../../api/kinds/validation/schedule.ts'
import { parseSchedule } from './schedule.ts'

const nextOf = (text: string, count = 3): string[] => {
  const schedule = parseSchedule(text, undefined)
  const times: string[] = []
  let time = Date.UTC(2026, 0, 5, 9, 1)
  for (let i = 0; i < count; i++) {
    time = schedule.next(time)!
    times.push(new Date(time).toISOString().slice(5, 16))
  }
  return times
}

it.each([
  ['* * * * *', ['01-05T09:02', '01-05T09:03', '01-05T09:04']],
  ['5/25 * * * *', ['01-05T09:05', '01-05T09:30', '01-05T09:55']],
  ['*/70 * * * *', ['01-05T10:00', '01-05T11:00', '01-05T12:00']],
  ['10-20/99 * * * *', ['01-05T09:10', '01-05T10:10', '01-05T11:10']],
  ['*-5 * * * *', ['01-05T09:02', '01-05T09:03', '01-05T09:04']],
  ['7, * * * *', ['01-05T09:07', '01-05T10:07', '01-05T11:07']],
  ['0 0 ? * MON-TUE', ['01-06T00:00', '01-12T00:00', '01-13T00:00']],
  ['0 0 * feb/6 *', ['02-01T00:00', '02-02T00:00', '02-03T00:00']],
  ['0 0 1 * fri/1', ['01-09T00:00', '01-10T00:00', '01-16T00:00']],
  ['0 0 1,*/1 * 1', ['01-12T00:00', '01-19T00:00', '01-26T00:00']],
])('%s', (text, times) => {
  expect(scheduleFault(text)).toBeUndefined()
  expect(nextOf(text)).toEqual(times)
})
