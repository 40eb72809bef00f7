/** How the code inside asks the machine that it runs on: one function, whose answers and refusals are data. */
export const HOST = `
const ask = (name, ...args) => {
  const answer = JSON.parse(hostCall(name, JSON.stringify(args)))
  if (answer && answer.$error) throw Object.assign(new Error(answer.$error.message), answer.$error)
  return answer
}
const hostCall = globalThis.host
delete globalThis.host
const say = (fd, text) => ask('write', fd, text)
`
