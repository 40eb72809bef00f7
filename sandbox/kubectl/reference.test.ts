/** docs/kubectl.md is what its generator writes. */
import { expect, it } from 'vitest'
import { reference } from './reference.ts'

it('docs/kubectl.md is what the tables say; `npx vitest -u` writes it anew', async () => {
  await expect(await reference()).toMatchFileSnapshot('../../docs/kubectl.md')
})
