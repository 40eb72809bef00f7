/** From what a launch says to our own people and classes: the platform's course is a class, its people are learners or staff. */
import { randomUUID } from 'node:crypto'
import { type Db, one, type Queries } from '../db/db.ts'
import type { Teacher } from '../domain/accounts.ts'
import { record } from '../domain/audit.ts'
import { type Class, createClassFor, setAssignmentOnce } from '../domain/classes.ts'
import { addLearner, cleanNickname } from '../domain/learners.ts'
import type { Lessons } from '../domain/lessons.ts'
import { CLAIM, isDeepLink, type Launch, type ResourceLaunch, roleOf } from './claims.ts'
import type { Platform } from './platforms.ts'
import { LtiRefusal } from './refusal.ts'
import { enqueueLesson } from './score-queue.ts'

export type Person = { learner: string } | { teacher: string }
export interface Place {
  class: string
  person: Person
  /** The lesson that was launched, where one was chosen. */
  lesson: string | undefined
}

/** @throws LtiRefusal */
export async function arrive(db: Db, platform: Platform, launch: Launch, lessons: Lessons): Promise<Place> {
  const context = launch[CLAIM.context]
  if (!context) throw new LtiRefusal('no-context', 'the launch is from no course (no context claim)')
  return db.transaction(async tx => {
    const of = await classOf(tx, platform, launch, context)
    const member = { subject: launch.sub, name: nameOf(launch), role: roleOf(launch[CLAIM.roles]) }
    const person = await admit(tx, platform, of, member)
    const lesson = isDeepLink(launch) ? undefined : lessonOf(launch, lessons)
    if (lesson && !isDeepLink(launch)) await keepLine(tx, of, lesson, launch)
    return { class: of, person, lesson }
  })
}

const nameOf = (launch: Launch): string | undefined => launch.name ?? launch.given_name

/** As a link says that was made by deep linking, or one made by hand with `?lesson=` or a custom parameter. */
function lessonOf(launch: ResourceLaunch, lessons: Lessons): string | undefined {
  const told = launch[CLAIM.custom]?.lesson ?? new URL(launch[CLAIM.target]).searchParams.get('lesson') ?? undefined
  return typeof told === 'string' && lessons.has(told) ? told : undefined
}

async function classOf(
  tx: Queries,
  platform: Platform,
  launch: Launch,
  context: { id: string; title?: string | undefined; label?: string | undefined },
): Promise<string> {
  const deployment = launch[CLAIM.deployment]
  const memberships = launch[CLAIM.memberships]?.context_memberships_url ?? null
  const key = [platform.id, deployment, context.id]
  // Two learners may be the first at the same time; the course becomes one class.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7036524))', [key.join('\n')])
  const found = await one<{ class: string }>(
    tx,
    `update lti_context set memberships_url = coalesce($4, memberships_url)
     where platform = $1 and deployment = $2 and context = $3 returning class`,
    [...key, memberships],
  )
  if (found) return found.class
  const owner = await one<Teacher>(tx, 'select id, email, name from teacher where id = $1', [platform.teacher])
  if (!owner) throw new Error('a platform without its teacher')
  const name = (context.title || context.label || platform.name).trim().slice(0, 100) || platform.name
  const made: Class = await createClassFor(tx, owner, name)
  await tx.query(
    'insert into lti_context (platform, deployment, context, class, memberships_url) values ($1, $2, $3, $4, $5)',
    [...key, made.id, memberships],
  )
  return made.id
}

export interface Member {
  subject: string
  name: string | undefined
  role: 'teacher' | 'assistant' | 'learner'
}

/** Makes sure that somebody is in the class as what the platform says; what it said before does not count any more. */
export async function admit(tx: Queries, platform: Platform, of: string, member: Member): Promise<Person> {
  return member.role === 'learner'
    ? { learner: await admitLearner(tx, platform, of, member) }
    : { teacher: await admitStaff(tx, platform, of, member, member.role) }
}

const issuerOf = (platform: Platform): string => `lti:${platform.id}`

async function admitLearner(tx: Queries, platform: Platform, of: string, { subject, name }: Member): Promise<string> {
  // Staff that is no longer staff there; whoever is it by another way stays.
  await tx.query(
    `delete from staff where class = $1 and role <> 'owner'
     and teacher = (select teacher from identity where issuer = $2 and subject = $3)`,
    [of, issuerOf(platform), subject],
  )
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7036524))', [`${of}\n${subject}`])
  const found = await one<{ learner: string }>(
    tx,
    'select learner from lti_learner where class = $1 and subject = $2',
    [of, subject],
  )
  if (found) return found.learner
  const learner = await addLearner(tx, of, nickname(name))
  await tx.query('insert into lti_learner (class, subject, learner) values ($1, $2, $3)', [of, subject, learner])
  return learner
}

function nickname(name: string | undefined): string {
  try {
    return cleanNickname([...(name ?? '')].slice(0, 40).join(''))
  } catch {
    // The platform keeps the name to itself.
    return 'Learner'
  }
}

async function admitStaff(
  tx: Queries,
  platform: Platform,
  of: string,
  { subject, name }: Member,
  role: 'teacher' | 'assistant',
): Promise<string> {
  const issuer = issuerOf(platform)
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7036524))', [`${issuer}\n${subject}`])
  const known = await one<{ teacher: string }>(tx, 'select teacher from identity where issuer = $1 and subject = $2', [
    issuer,
    subject,
  ])
  let teacher = known?.teacher
  if (!teacher) {
    teacher = randomUUID()
    // An account of its own. By its e-mail a platform could say who anybody is, so that is not asked; and no sign-in
    // accepts what is no address.
    await tx.query('insert into teacher (id, email, name) values ($1, $2, $3)', [
      teacher,
      `${`${platform.name}: ${subject}`.slice(0, 160)} (${teacher.slice(0, 8)})`,
      (name ?? subject).slice(0, 100),
    ])
    await tx.query('insert into identity (issuer, subject, teacher) values ($1, $2, $3)', [issuer, subject, teacher])
    await record(tx, { class: of, actor: platform.name, action: 'teacher.create', detail: { subject } })
  }
  await tx.query(
    `insert into staff (class, teacher, role) values ($1, $2, $3)
     on conflict (class, teacher) do update set role = excluded.role where staff.role <> 'owner'`,
    [of, teacher, role],
  )
  return teacher
}

/** Where the platform wants the grades of this lesson. The lesson counts from now on, with no dates unless some were set. */
async function keepLine(tx: Queries, of: string, lesson: string, launch: ResourceLaunch): Promise<void> {
  await setAssignmentOnce(tx, of, lesson)
  const grades = launch[CLAIM.grades]
  if (!grades || (!grades.lineitem && !grades.lineitems)) return
  const scopes = grades.scope.join(' ')
  const changed = await tx.query(
    `insert into lti_line (class, lesson, resource_link, line_item, line_items, scopes) values ($1, $2, $3, $4, $5, $6)
     on conflict (class, lesson, resource_link) do update set scopes = excluded.scopes,
       line_item = coalesce(excluded.line_item, lti_line.line_item), line_items = excluded.line_items
     where (lti_line.scopes, lti_line.line_items) is distinct from (excluded.scopes, excluded.line_items)
       or coalesce(excluded.line_item, lti_line.line_item) is distinct from lti_line.line_item
     returning 1`,
    [of, lesson, launch[CLAIM.resourceLink].id, grades.lineitem ?? null, grades.lineitems ?? null, scopes],
  )
  // What was solved before the platform asked for it.
  if (changed.length) await enqueueLesson(tx, of, lesson)
}
