/** Jobs and CronJobs. */
import { type Scene, template } from './scene.ts'

const job = (name: string, image: string, spec: string, pod = 'restartPolicy: Never'): string => `
apiVersion: batch/v1
kind: Job
metadata: { name: ${name} }
spec: { ${spec}${spec && ', '}template: ${template(name, image, pod)} }`
const J = 'Job'

export const jobs: Scene[] = [
  {
    name: 'job-simple',
    async play(s) {
      await s.make(job('one', 'ok', ''))
      await s.make(job('three', 'run', 'completions: 3, parallelism: 2'))
      await s.make(job('queue', 'run', 'parallelism: 3'))
      await s.make(job('none', 'run', 'parallelism: 0'))
      await s.make(job('zero', 'run', 'completions: 0'))
      await s.settle(4)
      await s.snap('running')
      await s.fate('app=three', 'ok', 1)
      await s.fate('app=queue', 'ok', 1)
      await s.settle(4)
      await s.snap('one ended')
      await s.fate('app=three', 'ok')
      await s.fate('app=queue', 'ok')
      await s.settle(4)
      await s.fate('app=three', 'ok')
      await s.settle(4)
      await s.snap('complete')
      await s.delete(J, 'one')
      await s.delete(J, 'three', { propagationPolicy: 'Background' })
      await s.delete(J, 'queue', { propagationPolicy: 'Foreground' })
      await s.settle(4)
      await s.snap('deleted')
    },
  },
  {
    name: 'job-fails',
    async play(s) {
      await s.make(job('backoff', 'fail', 'backoffLimit: 1'))
      await s.make(job('never', 'fail', 'backoffLimit: 0, parallelism: 3, completions: 3'))
      await s.make(job('deadline', 'run', 'activeDeadlineSeconds: 3, parallelism: 2'))
      await s.make(job('ttl', 'fail', 'backoffLimit: 0, ttlSecondsAfterFinished: 4'))
      await s.make(job('replace', 'linger', 'podReplacementPolicy: Failed, backoffLimit: 3'))
      await s.make(job('replace2', 'linger', 'backoffLimit: 3'))
      await s.wait(3)
      await s.snap('early')
      await s.wait(3)
      for (const p of await s.list('Pod', '?labelSelector=app in (replace,replace2)'))
        await s.delete('Pod', p.metadata.name)
      await s.wait(3)
      await s.snap('deleted, and lingering')
      await s.fate('app=replace', 'run')
      await s.wait(16)
      await s.snap('end')
    },
  },
  {
    name: 'job-indexed',
    async play(s) {
      await s.make(job('idx', 'run', 'completionMode: Indexed, completions: 4, parallelism: 2'))
      await s.make(
        job(
          'per',
          'fail',
          'completionMode: Indexed, completions: 3, parallelism: 3, backoffLimitPerIndex: 0, maxFailedIndexes: 1',
        ),
      )
      await s.make(
        job('per2', 'fail', 'completionMode: Indexed, completions: 2, parallelism: 2, backoffLimitPerIndex: 0'),
      )
      await s.make(job('per3', 'fail', 'completionMode: Indexed, completions: 1, backoffLimitPerIndex: 1'))
      await s.settle(4)
      await s.snap('running')
      await s.fate('app=idx', 'ok')
      await s.settle(4)
      await s.snap('two')
      await s.patch(J, 'idx', { spec: { completions: 3, parallelism: 3 } })
      await s.settle(3)
      await s.snap('elastic')
      await s.fate('app=idx', 'ok')
      await s.settle(14)
      await s.snap('end')
    },
  },
  {
    name: 'job-policies',
    async play(s) {
      const policy = (rule: string) => `backoffLimit: 2, podFailurePolicy: { rules: [${rule}] }`
      await s.make(
        job(
          'failjob',
          'fail42',
          policy('{ action: FailJob, onExitCodes: { operator: In, values: [42], containerName: main } }'),
        ),
      )
      await s.make(
        job(
          'ignore',
          'fail42',
          `${policy('{ action: Ignore, onExitCodes: { operator: NotIn, values: [1] } }')}, parallelism: 1`,
        ),
      )
      await s.make(job('count', 'fail1', policy('{ action: Count, onExitCodes: { operator: In, values: [1] } }')))
      await s.make(
        job(
          'index',
          'fail42',
          `completionMode: Indexed, completions: 2, parallelism: 2, backoffLimitPerIndex: 3, podFailurePolicy: { rules: [{ action: FailIndex, onExitCodes: { operator: In, values: [42] } }] }`,
        ),
      )
      await s.make(
        job('disrupt', 'run', policy('{ action: FailJob, onPodConditions: [{ type: Odd, status: "True" }] }')),
      )
      await s.make(
        job(
          'success',
          'run',
          'completionMode: Indexed, completions: 3, parallelism: 3, successPolicy: { rules: [{ succeededIndexes: "0-1", succeededCount: 1 }] }',
        ),
      )
      await s.make(
        job(
          'success2',
          'run',
          'completionMode: Indexed, completions: 3, parallelism: 3, successPolicy: { rules: [{ succeededCount: 2 }] }',
        ),
      )
      await s.settle(4)
      await s.snap('first')
      for (const p of await s.list('Pod', '?labelSelector=app=disrupt'))
        await s.patch(
          'Pod',
          p.metadata.name,
          {
            status: {
              phase: 'Failed',
              conditions: [{ type: 'Odd', status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z' }],
            },
          },
          '/status',
        )
      await s.fate('batch.kubernetes.io/job-name=success,batch.kubernetes.io/job-completion-index=1', 'ok')
      await s.fate('batch.kubernetes.io/job-name=success2,batch.kubernetes.io/job-completion-index!=1', 'ok')
      await s.settle(5)
      await s.snap('second')
      await s.patch(J, 'ignore', { spec: { suspend: true } })
      await s.settle(2)
    },
  },
  {
    name: 'job-suspend',
    async play(s) {
      await s.make(job('sus', 'run', 'suspend: true, completions: 2, parallelism: 2, activeDeadlineSeconds: 100'))
      await s.settle(3)
      await s.snap('suspended')
      await s.patch(J, 'sus', { spec: { suspend: false } })
      await s.settle(3)
      await s.snap('resumed')
      await s.patch(J, 'sus', { spec: { suspend: true } })
      await s.settle(5)
      await s.snap('suspended again')
      await s.patch(J, 'sus', { spec: { suspend: false } })
      await s.settle(3)
      await s.fate('app=sus', 'ok')
      await s.settle(3)
      await s.snap('complete')
    },
  },
  {
    name: 'job-manual',
    async play(s) {
      await s.make(`
apiVersion: v1
kind: Pod
metadata: { name: alone, labels: { my: job } }
spec: { restartPolicy: Never, containers: [{ name: main, image: run }] }
---
apiVersion: batch/v1
kind: Job
metadata: { name: adopts }
spec: { manualSelector: true, selector: { matchLabels: { my: job } }, parallelism: 2, template: { metadata: { labels: { my: job } }, spec: { restartPolicy: OnFailure, containers: [{ name: main, image: run }] } } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: managed }
spec: { managedBy: example.com/other, template: ${template('m', 'run', 'restartPolicy: Never')} }
---
apiVersion: batch/v1
kind: Job
metadata: { name: nosa }
spec: { template: ${template('nosa', 'run', 'restartPolicy: Never, serviceAccountName: nobody')} }`)
      await s.settle(4)
      await s.snap('made')
      await s.patch('Pod', 'alone', { metadata: { labels: { my: null } } })
      await s.settle(3)
      await s.snap('released')
      await s.patch(J, 'adopts', { spec: { parallelism: 1 } })
      await s.settle(4)
      await s.snap('less')
      await s.delete(J, 'adopts', { propagationPolicy: 'Orphan' })
      await s.settle(3)
      await s.snap('orphaned')
    },
  },
  {
    name: 'job-refused-parallel',
    async play(s) {
      await s.make(`
apiVersion: v1
kind: ResourceQuota
metadata: { name: quota }
spec: { hard: { pods: '1', count/jobs.batch: '5' } }`)
      await s.settle(2)
      await s.make(job('many', 'run', 'parallelism: 3, completions: 3'))
      await s.settle(3)
      await s.snap('one only')
      await s.fate('app=many', 'ok')
      await s.settle(6)
      await s.snap('next')
    },
  },
  {
    name: 'cronjob',
    async play(s) {
      const cron = (name: string, spec: string, image = 'ok') => `
apiVersion: batch/v1
kind: CronJob
metadata: { name: ${name}, labels: { a: b } }
spec: { ${spec}, jobTemplate: { metadata: { labels: { from: cron }, annotations: { x: y } }, spec: { template: ${template(name, image, 'restartPolicy: Never')} } } }`
      await s.make(cron('each', `schedule: '* * * * *', successfulJobsHistoryLimit: 1`))
      await s.make(cron('zone', `schedule: '* * * * *', timeZone: Asia/Shanghai, concurrencyPolicy: Forbid`, 'run'))
      await s.make(cron('replace', `schedule: '* * * * *', concurrencyPolicy: Replace`, 'run'))
      await s.make(
        cron('fails', `schedule: '* * * * *', failedJobsHistoryLimit: 0`, 'fail').replace(
          'template:',
          'backoffLimit: 0, template:',
        ),
      )
      await s.make(cron('asleep', `schedule: '* * * * *', suspend: true`))
      await s.make(cron('tz', `schedule: 'TZ=UTC * * * * *'`))
      await s.make(cron('hourly', `schedule: '@hourly', startingDeadlineSeconds: 5`))
      await s.settle(2)
      const toMinute = () => 60 - ((s.plane.now() / 1000) % 60)
      await s.wait(toMinute() + 6)
      await s.snap('first minute')
      await s.wait(toMinute() + 8)
      await s.snap('second minute')
      await s.delete('CronJob', 'each')
      await s.delete('CronJob', 'zone', { propagationPolicy: 'Foreground' })
      await s.settle(4)
      await s.snap('deleted')
    },
  },
]
