/** Property tests draw the same cases in every run, so that a red run is always the change's; `FC_SEED=random` or a number explores others. */
import fc from 'fast-check'
import { beforeAll } from 'vitest'
import { loadAll } from './sandbox/parts.ts'

const wanted = process.env.FC_SEED ?? '20260105'
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) })

// Tests call the API server in process, which is synchronous: every part of what they import is there from the beginning.
beforeAll(loadAll)
