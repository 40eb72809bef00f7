/** A teacher's passkeys, and the account at a provider that is linked. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { passkeysOf, removePasskey } from '../../domain/passkeys.ts'
import { words } from '../../words/words.ts'
import { freshTeacherOf } from '../auth.ts'
import type { Classroom, Env } from '../context.ts'
import { form } from '../form.ts'
import { button, field, page, when } from './frame.ts'

export const PASSKEY_SCRIPT = html`<script type="module" src="/classroom/passkeys.js"></script>`

export function passkeyPages(room: Classroom): Hono<Env> {
  const { db } = room
  const app = new Hono<Env>()
  app.get('/', async c => {
    const lang = c.get('lang')
    const w = words[lang].passkeys
    const here = `/${lang}/classroom/passkeys`
    const known = await passkeysOf(db, freshTeacherOf(c))
    return page(
      c,
      w.title,
      html`<p>${w.lead}</p>${
        known.length
          ? html`<ul class="cards">${known.map(
              k =>
                html`<li>${k.name} <small>${when(k.created, lang)}</small><form method="post" action="${here}/remove"><input type="hidden" name="id" value="${k.id}">${button(w.remove, 'danger')}</form></li>`,
            )}</ul>`
          : html`<p>${w.none}</p>`
      }<form action="${here}" data-passkey="add" data-failed="${w.failed}" class="card" hidden>${field(w.name, 'name', { help: w.nameHelp })}
<p role="alert" class="problem"></p>${button(w.add)}</form>
${room.oidc ? html`<h2>${room.oidc.name}</h2><p>${words[lang].oidc.linkLead(room.oidc.name)}</p><p><a class="button quiet" href="/${lang}/classroom/oidc?link">${words[lang].oidc.link}</a></p>` : ''}
${PASSKEY_SCRIPT}`,
    )
  })
  app.post('/remove', async c => {
    await removePasskey(db, freshTeacherOf(c, `/${c.get('lang')}/classroom/passkeys`), (await form(c)).text('id'))
    return c.redirect(`/${c.get('lang')}/classroom/passkeys`, 303)
  })
  return app
}
