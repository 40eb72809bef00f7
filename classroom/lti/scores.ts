/** Sends grades to the platform that asked for them (Assignment and Grade Services), again and again until they have arrived. */
import { z } from 'zod'
import { type Db, one } from '../db/db.ts'
import { record } from '../domain/audit.ts'
import { gradesOf } from '../domain/grades.ts'
import type { Lessons } from '../domain/lessons.ts'
import { jsonOf } from '../net/outbound.ts'
import { SCOPE } from './claims.ts'
import { type Platform, platformById } from './platforms.ts'
import { ServiceError, type Services } from './service.ts'

const MAXIMUM = 100
/** An instance that dies while it sends leaves the grade to another one after so many seconds. */
const LEASE_SECONDS = 60
/** 15 s, 30 s, 1 min … to an hour. */
const FIRST_AGAIN_SECONDS = 15
const LONGEST_AGAIN_SECONDS = 3600

interface Job {
  learner: string
  lesson: string
  version: number
  attempts: number
}
interface Target {
  class: string
  subject: string
  platform: string
  resource_link: string
  line_item: string | null
  line_items: string | null
  scopes: string
}

/** Sends one grade that is due; false when none is. Several instances may do so at once. */
export async function sendOne(db: Db, services: Services, lessons: Lessons): Promise<boolean> {
  const job = await one<Job>(
    db,
    `update lti_score q set due = now() + $1 * interval '1 second' where (q.learner, q.lesson) = (
       select learner, lesson from lti_score where problem is null and due <= now()
       order by due limit 1 for update skip locked)
     returning learner, lesson, version, attempts`,
    [LEASE_SECONDS],
  )
  if (!job) return false
  try {
    await send(db, services, lessons, job)
    // A grade that has changed meanwhile is sent once more.
    await db.query('delete from lti_score where learner = $1 and lesson = $2 and version = $3', [
      job.learner,
      job.lesson,
      job.version,
    ])
    await db.query('update lti_score set due = now() where learner = $1 and lesson = $2', [job.learner, job.lesson])
  } catch (error) {
    const again = Math.min(LONGEST_AGAIN_SECONDS, FIRST_AGAIN_SECONDS * 2 ** Math.min(job.attempts, 20))
    await db.query(
      `update lti_score set attempts = attempts + 1, due = now() + $4 * interval '1 second', problem = $5
       where learner = $1 and lesson = $2 and version = $3`,
      [job.learner, job.lesson, job.version, again, isFinal(error) ? (error as Error).message.slice(0, 500) : null],
    )
  }
  return true
}

/** What the platform refuses for a reason that time does not mend; the teacher is shown it, and may try again. */
const isFinal = (error: unknown): boolean =>
  error instanceof ServiceError &&
  error.status >= 400 &&
  error.status < 500 &&
  ![401, 404, 408, 409, 423, 425, 429].includes(error.status)

async function send(db: Db, services: Services, lessons: Lessons, { learner, lesson }: Job): Promise<void> {
  const targets = await db.query<Target>(
    `select p.class, p.subject, x.platform, l.resource_link, l.line_item, l.line_items, l.scopes
     from lti_learner p join lti_context x on x.class = p.class
     join lti_line l on l.class = p.class and l.lesson = $2 where p.learner = $1`,
    [learner, lesson],
  )
  for (const target of targets) {
    const platform = await platformById(db, target.platform)
    if (!platform) continue
    const line = target.line_item ?? (await findLine(db, services, platform, target, lesson))
    // Not ours to write: the link was made so that nothing counts.
    if (!line || !target.scopes.split(' ').includes(SCOPE.score)) continue
    const score = await scoreFor(db, learner, lesson, target, lessons)
    if (!score) continue
    // Whoever has changed the grade over there means it, until there is another one here.
    const told = `${score.scoreGiven} ${score.comment}`
    const sent = 'select 1 from lti_sent where learner = $1 and line_item = $2 and score = $3'
    const same = await db.query(sent, [learner, line, told])
    if (same.length) continue
    await services.ask(platform, [SCOPE.score], scoresUrl(line), {
      method: 'POST',
      headers: { 'Content-Type': 'application/vnd.ims.lis.v1.score+json' },
      body: JSON.stringify(score),
    })
    await db.query(
      `insert into lti_sent (learner, line_item, score) values ($1, $2, $3)
       on conflict (learner, line_item) do update set score = excluded.score`,
      [learner, line, told],
    )
    await record(db, { class: target.class, actor: platform.name, action: 'lti.score', detail: { learner, lesson } })
  }
}

/** `…/lineitem?x=1` → `…/lineitem/scores?x=1`. */
function scoresUrl(lineItem: string): string {
  const url = new URL(lineItem)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/scores`
  return url.href
}

const items = z.array(z.looseObject({ id: z.url(), resourceLinkId: z.string().optional() }))

/** The link's own column; where there is none and we may, one is made. */
async function findLine(
  db: Db,
  services: Services,
  platform: Platform,
  target: Target,
  lesson: string,
): Promise<string | undefined> {
  if (!target.line_items || !target.scopes.split(' ').includes(SCOPE.lineItem)) return undefined
  const query = new URL(target.line_items)
  query.searchParams.set('resource_link_id', target.resource_link)
  const pages = await services.pages(
    platform,
    [SCOPE.lineItem],
    query.href,
    'application/vnd.ims.lis.v2.lineitemcontainer+json',
  )
  const found = pages.flatMap(page => items.parse(page)).find(item => item.resourceLinkId === target.resource_link)
  const id =
    found?.id ??
    items.element.parse(
      jsonOf(
        await services.ask(platform, [SCOPE.lineItem], target.line_items, {
          method: 'POST',
          headers: { 'Content-Type': 'application/vnd.ims.lis.v2.lineitem+json' },
          body: JSON.stringify({
            label: lesson,
            scoreMaximum: MAXIMUM,
            resourceId: lesson,
            resourceLinkId: target.resource_link,
            tag: 'podlab',
          }),
        }),
        'the platform',
      ),
    ).id
  await db.query('update lti_line set line_item = $4 where class = $1 and lesson = $2 and resource_link = $3', [
    target.class,
    lesson,
    target.resource_link,
    id,
  ])
  return id
}

/** The grade as it is now, whatever it was when it was put into the queue. */
async function scoreFor(db: Db, learner: string, lesson: string, { class: of, subject }: Target, lessons: Lessons) {
  const all = await gradesOf(db, { id: learner, class: of }, lessons)
  const grade = all.find(({ assignment }) => assignment.lesson === lesson)?.grade
  if (!grade) return undefined
  return {
    // Platforms take no score that is older than the one they have.
    timestamp: new Date().toISOString(),
    userId: subject,
    scoreGiven: Math.round(grade.score * MAXIMUM * 100) / 100,
    scoreMaximum: MAXIMUM,
    activityProgress: grade.of > 0 && grade.passed === grade.of ? 'Completed' : grade.passed ? 'InProgress' : 'Started',
    // What is solved so far is a grade already. While it is said to be pending, Canvas and Moodle show none, not even the one before.
    gradingProgress: 'FullyGraded',
    comment: `${grade.passed} / ${grade.of}`,
    // Not when we tell it: a platform has its own rules for what is late.
    ...(grade.at && {
      submission: { submittedAt: grade.at.toISOString() },
      'https://canvas.instructure.com/lti/submission': { submitted_at: grade.at.toISOString() },
    }),
  }
}
