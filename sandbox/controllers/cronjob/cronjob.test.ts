/** The CronJob controller, and schedules. */
import { describe, expect, it, vi } from 'vitest'
import { InProcessClient } from '../../api/in-process.ts'
import { cronJob as cronKind } from '../../api/kinds/cronjob.ts'
import { job as jobKind } from '../../api/kinds/job.ts'
import { StatusError } from '../../api/status.ts'
import { makeWorld } from '../testing.ts'
import { cronJobController } from './index.ts'
import { parseSchedule } from './schedule.ts'

describe('a schedule', () => {
  const at = (text: string, from: string, zone?: string): string =>
    new Date(parseSchedule(text, zone).next(Date.parse(from))!).toISOString()

  it('names the next time, in its time zone', () => {
    expect(at('*/5 * * * *', '2026-01-05T09:01:00Z')).toBe('2026-01-05T09:05:00.000Z')
    expect(at('*/5 * * * *', '2026-01-05T09:05:00Z')).toBe('2026-01-05T09:10:00.000Z')
    expect(at('0 8 * * 1-5', '2026-01-09T09:00:00Z', 'Asia/Shanghai')).toBe('2026-01-12T00:00:00.000Z')
    expect(at('@hourly', '2026-01-05T09:00:00Z')).toBe('2026-01-05T10:00:00.000Z')
    expect(at('@every 90s', '2026-01-05T09:00:00Z')).toBe('2026-01-05T09:01:30.000Z')
    expect(at('@every 0s', '2026-01-05T09:00:00Z'), 'never more often than each second').toBe(
      '2026-01-05T09:00:01.000Z',
    )
    expect(at('0 0 13 * FRI', '2026-01-05T00:00:00Z')).toBe('2026-01-09T00:00:00.000Z')
  })

  it('must make sense', () => {
    for (const text of ['* * * *', '61 * * * *', '@every soon', 'whenever'])
      expect(() => parseSchedule(text, undefined)).toThrow()
  })
})

describe('a CronJob', () => {
  function world(spec: object = {}) {
    const w = makeWorld({ controllers: [cronJobController], kubelet: false })
    w.client.create(cronKind, {
      metadata: { name: 'tick', namespace: 'default' },
      spec: {
        schedule: '* * * * *',
        jobTemplate: {
          spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } } },
        },
        ...spec,
      },
    })
    const jobs = () => w.client.list(jobKind)
    /** As a Job's own controller ends it: what is to come first, then that it has come. */
    const end = (type: 'Complete' | 'Failed'): void => {
      const now = w.clock.timestamp()
      const first = type === 'Complete' ? 'SuccessCriteriaMet' : 'FailureTarget'
      const conditions = [first, type].map(t => ({ type: t, status: 'True', lastTransitionTime: now }))
      const times = { startTime: now, ...(type === 'Complete' && { completionTime: now }) }
      for (const job of jobs())
        w.client.updateStatus(jobKind, { ...job, status: { ...times, ...job.status, conditions } })
    }
    return { ...w, jobs, end }
  }

  it('starts a Job a minute, named after the time', async () => {
    const w = world()
    await w.clock.advance(60_200)
    expect(w.jobs().map(j => j.metadata.name)).toEqual([`tick-${Date.UTC(2026, 0, 5, 9, 1) / 60_000}`])
    w.end('Complete')
    await w.clock.advance(60_000)
    expect(w.jobs()).toHaveLength(2)
    const status = w.client.get(cronKind, 'default', 'tick').status
    expect(status).toMatchObject({
      lastScheduleTime: '2026-01-05T09:02:00Z',
      lastSuccessfulTime: '2026-01-05T09:01:00Z',
    })
    expect(status.active).toHaveLength(1)
    expect(w.events('CronJob')[1]).toMatch(/^SawCompletedJob x1: Saw completed job: tick-\d+, condition: Complete$/)
    expect(w.errors).toEqual([])
  })

  it('that forbids two at once waits, and starts as soon as the first has ended', async () => {
    const w = world({ concurrencyPolicy: 'Forbid' })
    await w.clock.advance(130_000)
    expect(w.jobs()).toHaveLength(1)
    w.end('Complete')
    await w.clock.settle()
    expect(w.jobs()).toHaveLength(2)
  })

  it('that may not delete a Job says so, and starts none in its place', async () => {
    const w = world({ concurrencyPolicy: 'Replace' })
    await w.clock.advance(60_200)
    const [first] = w.jobs()
    vi.spyOn(InProcessClient.prototype, 'delete').mockImplementation(() => {
      throw new StatusError(403, 'Forbidden', 'jobs.batch is forbidden: keep it')
    })
    await w.clock.advance(60_000)
    expect(w.jobs().map(job => job.metadata.name)).toEqual([first!.metadata.name])
    expect(w.events('CronJob')).toContainEqual(
      expect.stringMatching(/^FailedDelete x\d+: Deleted job: jobs\.batch is forbidden: keep it$/),
    )
  })

  const named = (name: string, owner?: string) => ({
    metadata: {
      name,
      namespace: 'default',
      ...(owner && {
        ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'tick', uid: owner, controller: true }],
      }),
    },
    spec: { template: { spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: 'busybox' }] } } },
  })
  const first = `tick-${Date.UTC(2026, 0, 5, 9, 1) / 60_000}`

  it('stops where a Job of another has the name of its next one', async () => {
    const w = world()
    w.client.create(jobKind, named(first) as never)
    await w.clock.advance(180_200)
    expect(w.jobs().map(job => job.metadata.name)).toEqual([first])
    expect(w.client.get(cronKind, 'default', 'tick').status).toEqual({})
  })

  it('counts a Job of its own that it had not written down as started', async () => {
    const w = world()
    w.client.create(jobKind, named(first, w.client.get(cronKind, 'default', 'tick').metadata.uid) as never)
    await w.clock.advance(60_200)
    expect(w.client.get(cronKind, 'default', 'tick').status).toMatchObject({
      active: [{ name: first }],
      lastScheduleTime: '2026-01-05T09:01:00Z',
    })
  })

  it('that gets another schedule waits for its next time, whatever it would have started before', async () => {
    const w = world({ schedule: '0 0 1 1 *' })
    await w.clock.advance(150_000)
    w.client.patch(cronKind, 'default', 'tick', { spec: { schedule: '* * * * *' } })
    await w.clock.advance(20_000)
    expect(w.jobs()).toEqual([])
    await w.clock.advance(10_200)
    expect(w.jobs().map(job => job.metadata.name)).toEqual([`tick-${Date.UTC(2026, 0, 5, 9, 3) / 60_000}`])
  })

  it('whose time never comes says so', async () => {
    const w = world({ schedule: '59 23 31 2 *' })
    await w.clock.advance(1000)
    expect(w.events('CronJob')).toEqual([
      'InvalidSchedule x1: invalid schedule: 59 23 31 2 * : time difference between two schedules is less than 1 second',
    ])
  })

  it('that is suspended starts nothing; history is kept to its limit', async () => {
    const quiet = world({ suspend: true })
    await quiet.clock.advance(300_000)
    expect(quiet.jobs()).toEqual([])
    const w = world({ successfulJobsHistoryLimit: 1 })
    for (let i = 0; i < 4; i++) {
      await w.clock.advance(60_100)
      w.end('Complete')
    }
    await w.clock.settle()
    expect(w.jobs()).toHaveLength(1)
  })
})
