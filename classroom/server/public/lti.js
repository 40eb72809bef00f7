/**
 * What a page in a platform's frame does by itself: keeps or fetches our half of a secret in the platform's storage (where cookies of
 * ours are blocked), goes on, sends a form, closes the window.
 */
const step = document.querySelector('[data-lti]')
const { lti: kind, target, origin, key, value, to } = step.dataset
/** A platform that has named its frame answers, if slowly; where it does not, there is another way. */
const PATIENCE_MS = 10_000

/** @returns the answer, or undefined from a platform that does not answer */
function ask(message) {
  const host = window.parent === window ? window.opener : window.parent
  let frame = host
  try {
    if (target !== '_parent') frame = host.frames[target] ?? host
  } catch {
    // The platform's window lets nobody look at its frames.
  }
  if (!frame) return Promise.resolve(undefined)
  const id = crypto.randomUUID()
  return new Promise(resolve => {
    const timer = setTimeout(() => done(undefined), PATIENCE_MS)
    const heard = event => {
      if (event.origin === origin && event.data?.message_id === id) done(event.data)
    }
    function done(answer) {
      clearTimeout(timer)
      window.removeEventListener('message', heard)
      resolve(answer)
    }
    window.addEventListener('message', heard)
    frame.postMessage({ ...message, message_id: id }, origin)
  })
}

if (kind === 'keep') {
  await ask({ subject: 'lti.put_data', key, value })
  location.replace(to)
} else if (kind === 'fetch') {
  const kept = (await ask({ subject: 'lti.get_data', key }))?.value
  if (typeof kept === 'string') {
    step.elements.binding.value = kept
    step.submit()
  } else document.querySelector('[data-lti-otherwise]').hidden = false
} else if (kind === 'send') step.submit()
else if (kind === 'enter') {
  // In a window of its own nobody has to press the button.
  if (window.top === window) step.submit()
  else step.target = '_blank'
} else if (kind === 'close') (window.opener ?? window.parent).postMessage({ subject: 'org.imsglobal.lti.close' }, '*')
