/** Manifests that the editor offers. */
import { expect, test } from 'vitest'
import { createSession } from '../../../../sandbox/scenario/create.ts'
import { plainDocuments } from './snippets.ts'

test('every manifest that is offered is one that the cluster accepts', async () => {
  const session = await createSession({ seed: 'snippets' })
  for (const [label, text] of Object.entries(plainDocuments())) expect(await session.dryRun(text), label).toEqual([])
})
