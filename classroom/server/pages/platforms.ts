/** A teacher's platforms: what to tell them, what they have told us, which deployments may launch. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { LAUNCH_PATH } from '../../lti/launch.ts'
import {
  addDeployment,
  addPlatform,
  handOverPlatform,
  offerRegistration,
  platformsOf,
  removePlatform,
} from '../../lti/platforms.ts'
import { words } from '../../words/words.ts'
import { freshTeacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { button, field, page } from './frame.ts'

export function platformPages(room: Classroom): Hono<Env> {
  const { db, origin } = room
  const app = new Hono<Env>()
  type C = Parameters<typeof page>[0]
  /** Whoever is on a platform is in its owner's classes, so nothing here is for a screen that was left alone. */
  const fresh = (c: C) => freshTeacherOf(c, `/${c.get('lang')}/classroom/platforms`)

  const show = async (c: C, registration?: string) => {
    const w = words[c.get('lang')].platforms
    const here = `/${c.get('lang')}/classroom/platforms`
    const platforms = await platformsOf(db, fresh(c))
    const ours = [
      [w.loginUrl, `${origin}/classroom/lti/login`],
      [w.launchUrl, `${origin}${LAUNCH_PATH}`],
      [w.jwksUrl, `${origin}/classroom/lti/jwks.json`],
    ] as const
    return page(
      c,
      w.title,
      html`<p>${w.lead}</p>
<section class="card"><h2>${w.auto}</h2><p>${w.autoLead}</p>${
        registration
          ? html`<p role="status"><code class="address">${origin}/classroom/lti/register?token=${registration}</code></p><p><small>${w.autoOnce}</small></p>`
          : html`<form method="post" action="${here}/registration">${button(w.autoButton, 'quiet')}</form>`
      }</section>
<section class="card"><h2>${w.byHand}</h2><p>${w.ours}</p><dl>${ours.map(([name, url]) => html`<dt>${name}</dt><dd><code class="address">${url}</code></dd>`)}</dl>
<form method="post" action="${here}"><p>${w.theirs}</p>
${field(w.name, 'name')}
${field('Issuer', 'issuer', { help: w.issuerHelp, autocomplete: 'off' })}
${field('Client ID', 'client_id', { autocomplete: 'off' })}
${field('Deployment ID', 'deployment', { autocomplete: 'off' })}
${field(w.login, 'login_url', { type: 'url' })}
${field(w.token, 'token_url', { type: 'url' })}
${field(w.jwks, 'jwks_url', { type: 'url' })}
${field(w.audience, 'token_audience', { required: false, help: w.audienceHelp })}
${button(w.add)}</form></section>
<h2>${w.registered}</h2>${
        platforms.length
          ? platforms.map(
              p => html`<section class="card"><h3>${p.name}</h3><p><code>${p.issuer}</code> · <code>${p.client_id}</code></p>
<p>${w.deployments} ${p.deployments.length ? p.deployments.map(d => html`<code>${d}</code> `) : w.noDeployment}</p>
<form method="post" action="${here}/${p.id}/deployments"><p class="field"><label for="deployment-${p.id}">Deployment ID</label><input id="deployment-${p.id}" name="deployment" required></p>${button(w.addDeployment, 'quiet')}</form>
<details><summary>${w.handOver}</summary><form method="post" action="${here}/${p.id}/hand-over"><p>${w.handOverLead}</p><p class="field"><label for="heir-${p.id}">${w.handOverTo}</label><input id="heir-${p.id}" name="email" type="email" required></p>${button(w.handOver, 'danger')}</form></details>
<form method="post" action="${here}/${p.id}/remove">${button(w.remove, 'danger')}</form></section>`,
            )
          : html`<p>${w.none}</p>`
      }`,
    )
  }
  app.get('/', async c => show(c))
  app.post('/', async c => {
    const f = await form(c)
    const terms = Object.fromEntries(
      ['name', 'issuer', 'client_id', 'login_url', 'token_url', 'jwks_url', 'token_audience'].map(n => [n, f.text(n)]),
    )
    await addPlatform(db, fresh(c), terms, [f.text('deployment').trim()], room.ownHosts)
    return c.redirect(`/${c.get('lang')}/classroom/platforms`, 303)
  })
  app.post('/registration', async c => show(c, await offerRegistration(db, fresh(c))))
  app.post('/:platform/deployments', async c => {
    await addDeployment(db, fresh(c), c.req.param('platform'), (await form(c)).text('deployment'))
    return c.redirect(`/${c.get('lang')}/classroom/platforms`, 303)
  })
  app.post('/:platform/hand-over', async c => {
    await handOverPlatform(db, fresh(c), c.req.param('platform'), (await form(c)).text('email'))
    return c.redirect(`/${c.get('lang')}/classroom/platforms`, 303)
  })
  app.post('/:platform/remove', async c => {
    await removePlatform(db, fresh(c), c.req.param('platform'))
    return c.redirect(`/${c.get('lang')}/classroom/platforms`, 303)
  })
  return app
}
