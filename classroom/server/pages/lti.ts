/**
 * Routes that learning platforms call. Pages here may stand in a platform's frame, so nothing here relies on a
 * session's cookie.
 */
import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { html } from 'hono/html'
import { assignmentsOf } from '../../domain/classes.ts'
import { Problem } from '../../domain/problem.ts'
import { arrive } from '../../lti/arrive.ts'
import { CLAIM, type DeepLinkLaunch, isDeepLink, type Launch } from '../../lti/claims.ts'
import { chosenShape, deepLinkResponse } from '../../lti/deep-link.ts'
import { publicKeys } from '../../lti/keys.ts'
import { type Begun, beginLogin, bind, receive, redeem } from '../../lti/launch.ts'
import { type Platform, takeRegistration } from '../../lti/platforms.ts'
import { LtiRefusal } from '../../lti/refusal.ts'
import { register } from '../../lti/register.ts'
import { OutboundError } from '../../net/outbound.ts'
import { words } from '../../words/words.ts'
import { begin } from '../auth.ts'
import { type Classroom, type Env, onSite } from '../context.ts'
import { addressOf, limit, limitFailures } from '../limits.ts'
import { originOf, policy } from '../policy.ts'
import { bare, button, type Markup } from './frame.ts'

const SCRIPT = html`<script type="module" src="/classroom/lti/lti.js"></script>`

type C = Context<Env>

export function lti(room: Classroom): Hono<Env> {
  const { db } = room
  const app = new Hono<Env>()
  const secure = room.origin.startsWith('https:')
  const address = (c: C): string => addressOf(c, room.behindProxy)
  const slowly = limitFailures(60, 60, address, 'free')
  // Each login is a row for ten minutes, and anybody may begin one; a campus may be one address.
  const often = limit(1000, 60, address)
  /** Whoever may frame a page of this launch: the platform, by any of the origins that it uses. */
  const framesOf = (platform: Platform, launch?: Launch): string[] => [
    ...new Set([
      "'self'",
      ...originOf(platform.issuer),
      ...originOf(platform.login_url),
      ...originOf(launch?.[CLAIM.presentation]?.return_url),
      ...(launch && isDeepLink(launch) ? originOf(launch[CLAIM.deepLinking].deep_link_return_url) : []),
    ]),
  ]
  /**
   * For pages from before anybody has said where they stand: a platform has more origins than it is registered with. There is
   * nothing to be pressed on them, and what is in them is told to the platform's own origin only.
   */
  const anyFrame = ['https:', ...(secure ? [] : ['http:'])]
  const show = async (
    c: C,
    title: string,
    body: Markup,
    frames: readonly string[],
    forms: readonly string[] = [],
  ): Promise<Response> => {
    await policy(room.origin, { frames, forms })(c, async () => {
      c.res = await bare(c, title, body)
    })
    return c.res
  }
  const speak = (c: C, locale: string | undefined): void =>
    c.set('lang', /^zh\b/i.test(locale ?? c.req.header('accept-language') ?? '') ? 'zh' : 'en')
  const bodyOf = async (c: C): Promise<Record<string, unknown>> =>
    c.req.method === 'POST' ? await c.req.parseBody({ all: true }) : c.req.query()
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')

  // Each login has a cookie of its own: a platform's page may hold several frames of ours.
  const cookieOf = (state: string): string =>
    `${secure ? '__Host-' : ''}podlab_lti_${createHash('sha256').update(state).digest('hex').slice(0, 16)}`
  const cookie = secure
    ? ({ httpOnly: true, path: '/', secure: true, sameSite: 'None', partitioned: true } as const)
    : ({ httpOnly: true, path: '/', sameSite: 'Lax' } as const)

  app.get('/jwks.json', async c => {
    c.header('Cache-Control', 'public, max-age=3600')
    c.header('Access-Control-Allow-Origin', '*')
    return c.json(await publicKeys(db))
  })

  app.on(['GET', 'POST'], '/login', often, slowly, async c => {
    speak(c, undefined)
    const begun = await beginLogin(db, room.origin, await bodyOf(c))
    setCookie(c, cookieOf(begun.state), begun.binding, { ...cookie, maxAge: 600 })
    return begun.login.lti_storage_target === undefined
      ? c.redirect(begun.to)
      : keep(c, begun, begun.login.lti_storage_target)
  })
  /** Our half of the secret goes into the platform's storage as well, in case the cookie does not come back. */
  const keep = (c: C, begun: Begun, target: string) => {
    const w = words[c.get('lang')].lti
    return show(
      c,
      w.going,
      html`<p data-lti="keep" data-target="${target}" data-origin="${new URL(begun.platform.login_url).origin}"
data-key="${cookieOf(begun.state)}" data-value="${begun.binding}" data-to="${begun.to}"><a href="${begun.to}">${w.goOn}</a></p>${SCRIPT}`,
      anyFrame,
    )
  }

  app.post('/launch', slowly, async c => {
    const body = await bodyOf(c)
    const state = text(body.state)
    speak(c, undefined)
    const error = text(body.error)
    const { platform, login, launch } = await receive(
      db,
      { state, token: text(body.id_token), error: error && `${error}: ${text(body.error_description)}` },
      room.lti.keys,
    )
    speak(c, launch[CLAIM.presentation]?.locale)
    const binding = getCookie(c, cookieOf(state))
    if (binding) {
      deleteCookie(c, cookieOf(state), cookie)
      return goOn(c, platform, launch, await bind(db, state, binding))
    }
    // No cookie. The platform may have kept the secret; otherwise all begins again in a window of our own.
    const w = words[c.get('lang')].lti
    const target = login.lti_storage_target
    const again = html`<form method="get" action="/classroom/lti/login" target="_blank">${Object.entries(login)
      .filter(([name]) => name !== 'lti_storage_target')
      .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p>${w.blocked}</p>${button(w.open)}</form>`
    // The answer of deep linking has to come from the frame that was asked, so a window of our own does not help there.
    const otherwise = isDeepLink(launch) ? html`<p class="problem" role="alert">${w.blockedChoice}</p>` : again
    return show(
      c,
      w.going,
      target === undefined
        ? otherwise
        : html`<form method="post" action="/classroom/lti/bound" data-lti="fetch" data-target="${target}" data-key="${cookieOf(state)}"
data-origin="${new URL(platform.login_url).origin}"><input type="hidden" name="state" value="${state}"><input type="hidden" name="binding"></form>
<div data-lti-otherwise hidden>${otherwise}</div>${SCRIPT}`,
      framesOf(platform, launch),
      // The form's answer leads there, and browsers ask the policy for that as well.
      originOf(platform.login_url),
    )
  })

  app.post('/bound', slowly, async c => {
    const body = await bodyOf(c)
    const ticket = await bind(db, text(body.state), text(body.binding))
    const { platform, launch } = await redeem(db, ticket, 'keep')
    speak(c, launch[CLAIM.presentation]?.locale)
    return goOn(c, platform, launch, ticket)
  })

  const goOn = async (c: C, platform: Platform, launch: Launch, ticket: string): Promise<Response> => {
    if (isDeepLink(launch)) return choose(c, platform, launch, ticket)
    const w = words[c.get('lang')].lti
    const framed = c.req.header('sec-fetch-dest') === 'iframe'
    return show(
      c,
      launch[CLAIM.resourceLink].title || w.tool,
      html`<form method="post" action="/classroom/lti/enter" data-lti="enter"${framed ? html` target="_blank"` : ''}>
<input type="hidden" name="ticket" value="${ticket}"><p>${w.window}</p>${button(w.open)}</form>${SCRIPT}`,
      framesOf(platform, launch),
    )
  }

  /** From a page of ours only (csrf), so nobody can be lured into a session that is not theirs. */
  app.post('/enter', slowly, async c => {
    const { platform, launch } = await redeem(db, text((await bodyOf(c)).ticket))
    speak(c, launch[CLAIM.presentation]?.locale)
    const lang = c.get('lang')
    const { class: of, person, lesson } = await arrive(db, platform, launch, room.lessons)
    await begin(room, c, person)
    if ('teacher' in person) return c.redirect(`/${lang}/classroom/classes/${of}/board`, 303)
    const path = lesson === undefined ? undefined : room.lessons.get(lesson)?.path
    return c.redirect(`/${onSite(room, lang)}/${path ?? 'lessons/'}`, 303)
  })

  const choose = (c: C, platform: Platform, launch: DeepLinkLaunch, ticket: string): Promise<Response> => {
    const lang = c.get('lang')
    const w = words[lang].lti
    const { accept_types, accept_multiple: many } = launch[CLAIM.deepLinking]
    if (!accept_types.includes('ltiResourceLink'))
      throw new LtiRefusal('message', `asks for ${accept_types.join(', ')}, and all we have is ltiResourceLink`)
    return show(
      c,
      w.choose,
      html`<form method="post" action="/classroom/lti/choose"><input type="hidden" name="ticket" value="${ticket}">
<fieldset><legend>${many ? w.chooseMany : w.chooseOne}</legend>${[...room.lessons].map(
        ([id, { title }]) =>
          html`<p><label><input type="${many ? 'checkbox' : 'radio'}" name="lesson" value="${id}"${many ? '' : html` required`}> ${title[lang]}</label></p>`,
      )}</fieldset>${button(w.add)}</form>`,
      framesOf(platform, launch),
    )
  }
  app.post('/choose', slowly, async c => {
    const body = await bodyOf(c)
    const wanted = chosenShape.safeParse(body.lesson === undefined ? [] : [body.lesson].flat())
    if (!wanted.success || wanted.data.some(id => !room.lessons.has(id))) throw new Problem('unknown-lesson')
    const { platform, launch } = await redeem(db, text(body.ticket))
    if (!isDeepLink(launch)) throw new LtiRefusal('message', 'nothing was to be chosen')
    speak(c, launch[CLAIM.presentation]?.locale)
    if (!launch[CLAIM.deepLinking].accept_multiple && wanted.data.length > 1) throw new Problem('bad-request')
    const { class: of, person } = await arrive(db, platform, launch, room.lessons)
    if (!('teacher' in person)) throw new LtiRefusal('not-instructor', 'who chooses lessons has to teach the course')
    const set = await assignmentsOf(db, { id: of })
    const chosen = wanted.data.map(lesson => ({
      lesson,
      title: room.lessons.get(lesson)!.title[c.get('lang')],
      assignment: set.find(a => a.lesson === lesson),
    }))
    const jwt = await deepLinkResponse(db, room.origin, platform, launch, chosen)
    const back = launch[CLAIM.deepLinking].deep_link_return_url
    const w = words[c.get('lang')].lti
    return show(
      c,
      w.going,
      html`<form method="post" action="${back}" data-lti="send"><input type="hidden" name="JWT" value="${jwt}">${button(w.goOn)}</form>${SCRIPT}`,
      framesOf(platform, launch),
      originOf(back),
    )
  })

  /** A platform registers itself: a teacher has given it this address, with a token that says who asked for it. */
  app.get('/register', slowly, async c => {
    speak(c, undefined)
    const by = await takeRegistration(db, c.req.query('token') ?? '')
    if (!by) throw new LtiRefusal('replayed', 'this registration address was used already, or is too old')
    const configurationUrl = c.req.query('openid_configuration') ?? ''
    const w = words[c.get('lang')].lti
    try {
      const made = await register(db, room.outbound, { origin: room.origin, ownHosts: room.ownHosts }, by, {
        configurationUrl,
        token: c.req.query('registration_token'),
      })
      return await show(
        c,
        w.registered,
        html`<p data-lti="close" role="status">${made.deployment ? w.registeredWhole : w.registeredNoDeployment}</p>${SCRIPT}`,
        ["'self'", ...originOf(made.issuer), ...originOf(configurationUrl)],
      )
    } catch (error) {
      if (error instanceof OutboundError) throw new LtiRefusal('bad-request', error.message)
      throw error
    }
  })

  app.onError((error, c) => {
    if (!(error instanceof LtiRefusal)) throw error
    const w = words[c.get('lang') ?? 'en'].lti
    c.status(error.reason === 'unknown-platform' || error.reason === 'bad-request' ? 400 : 403)
    // The detail helps whoever sets a platform up; it holds nothing but what the platform has sent.
    return show(
      c,
      w.refused,
      html`<p class="problem" role="alert" data-reason="${error.reason}">${w.reasons[error.reason]}</p><p><small lang="en">${error.message}</small></p>`,
      anyFrame,
    )
  })
  return app
}
