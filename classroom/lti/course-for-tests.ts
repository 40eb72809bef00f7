/** A classroom and a learning platform that knows it, and the ways that people take between the two. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { prepared } from '../db/prepared-for-tests.ts'
import { createTeacher, openSession } from '../domain/accounts.ts'
import { Browser, fieldsOf } from '../server/browser-for-tests.ts'
import { type Running, start } from '../server/start.ts'
import { LESSON, lessons } from '../verify/solved-for-tests.ts'
import type { Lie } from './issuer.sim.ts'
import { type Link, type Platform, startPlatform, type User } from './platform.sim.ts'

export const ada: User = { id: 'ada', name: 'Ada', role: 'Learner' }
export const turing: User = { id: 'turing', name: 'Alan Turing', role: 'Instructor' }
export const link: Link = { id: 'link-1', title: 'What a Pod is', custom: { lesson: LESSON } }

export const fieldOf = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
export const reasonOf = (page: string): string | undefined => /data-reason="([^"]+)"/.exec(page)?.[1]
export const until = async (ready: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await ready())) await new Promise(resolve => setTimeout(resolve, 50))
}

/** @returns where the window that opens is sent */
export async function enter(browser: Browser, page: string): Promise<string> {
  const entered = await browser.ask('/classroom/lti/enter', { form: { ticket: fieldOf(page, 'ticket') } })
  return entered.headers.get('location') ?? `${entered.status}: ${reasonOf(await entered.text())}`
}

export interface Course {
  readonly platform: Platform
  readonly room: Running
  /** A teacher who has signed in, and gives the platform its address to register with. */
  readonly grace: Browser
  /** The platform registers itself. @returns what it asked, and what it was answered */
  register(): Promise<{ asked: string; done: Response }>
  /**
   * From a page of the platform to ours and back and to ours again, over HTTP alone: its form, our redirection, its answer as a form.
   * @param lie what the platform's token says instead of what is right
   */
  launch(
    browser: Browser,
    user: User,
    what: Parameters<Platform['loginRequest']>[1],
    lie?: Lie,
  ): Promise<{ fields: Record<string, string>; page: string }>
  arriveWith(browser: Browser, form: Record<string, string>): Promise<string>
  fromPlatform(): { headers: { origin: string } }
}

/** For the tests of a file. @param registered whether the platform has registered itself before they begin */
export function courseForTests(registered = true): Course {
  const folder = mkdtempSync(join(tmpdir(), 'podlab-lti-'))
  let platform: Platform
  let room: Running
  let grace: Browser

  const course: Course = {
    get platform() {
      return platform
    },
    get room() {
      return room
    },
    get grace() {
      return grace
    },
    async register() {
      const offered = await (await grace.ask('/en/classroom/platforms/registration', { form: {} })).text()
      const address = /https?:[^<]+register\?token=[\w-]+/.exec(offered)![0]
      const asked = `${address}&openid_configuration=${encodeURIComponent(`${platform.origin}/.well-known/openid-configuration`)}&registration_token=may-register`
      const done = await new Browser(room.origin).ask(asked)
      return { asked, done }
    },
    async launch(browser, user, what, lie = {}) {
      platform.lie = lie
      const answered = await browser.submit(await browser.visit(platform.linkFor(user, what)))
      expect(answered.url).toContain(`${platform.origin}/auth?`)
      const { url, html } = await browser.submit(answered)
      expect(url).toBe(platform.tool.launch)
      return { fields: fieldsOf(answered.html), page: html }
    },
    arriveWith: async (browser, form) =>
      (await browser.ask('/classroom/lti/launch', { form, ...course.fromPlatform() })).text(),
    fromPlatform: () => ({ headers: { origin: platform.origin } }),
  }

  beforeAll(async () => {
    platform = await startPlatform()
    room = await start({
      port: 0,
      data: await prepared(folder),
      site: folder,
      lessons,
      workers: 1,
      ownHosts: [new URL(platform.origin).host],
      jwksCooldownMs: 0,
    })
    platform.tool = {
      login: `${room.origin}/classroom/lti/login`,
      launch: `${room.origin}/classroom/lti/launch`,
      jwks: `${room.origin}/classroom/lti/jwks.json`,
    }
    grace = new Browser(room.origin)
    const teacher = { name: 'Grace', email: 'grace@example.org', password: 'a long sentence is good' }
    const { id } = await createTeacher(room.room.db, teacher)
    grace.keep('podlab_teacher', await openSession(room.room.db, { teacher: id }))
    if (registered) await course.register()
  }, 60_000)
  afterAll(async () => {
    await room.close()
    await platform.close()
    rmSync(folder, { recursive: true })
  })
  return course
}
