/** A port of a real machine, at which bytes are served that are no text. */
import { expect, it } from 'vitest'
import { bytesOfText, textOfBytes } from '../../bytes.ts'
import { nodeIo } from './main.node.ts'
import { serve } from './serving.node.ts'

it('hears and says them as they are', async () => {
  const bytes = Uint8Array.of(0xff, 0x00, 0x61, 0xc3, 0xa9)
  let heard = ''
  const serving = await serve(
    '127.0.0.1',
    0,
    async ({ body, target }) => {
      heard = body
      const text = textOfBytes(bytes)
      return {
        status: 200,
        headers: {},
        body:
          target === '/'
            ? text
            : {
                chunks: async function* () {
                  yield text
                },
                cancel() {},
              },
      }
    },
    nodeIo,
  )
  const { port } = serving as { port: number }
  for (const path of ['/', '/pieces']) {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: bytes })
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes)
    expect(bytesOfText(heard)).toEqual(bytes)
  }
})
