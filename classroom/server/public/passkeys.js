/** Adds a passkey, or signs in by one. Browsers without them see nothing of it. */
const api = '/classroom/api/passkeys/'
const post = async (path, body) => {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(api + path, { method: 'POST', headers, body: JSON.stringify(body ?? {}) })
  if (!answer.ok) throw new Error((await answer.json()).problem)
  return answer.json()
}

const deeds = {
  async add(form) {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(await post('offer'))
    const credential = await navigator.credentials.create({ publicKey })
    await post('add', { name: form.elements.name.value, credential: credential.toJSON() })
  },
  async 'sign-in'() {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await post('ask'))
    const credential = await navigator.credentials.get({ publicKey })
    await post('sign-in', credential.toJSON())
  },
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) break
  form.hidden = false
  const status = form.querySelector('[role="alert"]')
  const button = form.querySelector('button')
  form.addEventListener('submit', async event => {
    event.preventDefault()
    status.textContent = ''
    // A second question to the authenticator would end the first.
    button.disabled = true
    try {
      await deeds[form.dataset.passkey](form)
      location.assign(form.action)
    } catch {
      // Turned down, timed out, or refused: for who sits here it is one thing.
      status.textContent = form.dataset.failed
      button.disabled = false
    }
  })
}
