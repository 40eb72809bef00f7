/** `asyncio`, in Python: a loop that runs coroutines one after the other, and waits for what is due next. */
import { LOCKS } from './locks.ts'
import { LOOP } from './loop.ts'
import { QUEUES } from './queues.ts'
import { TASKS } from './tasks.ts'
import { WAITING } from './waiting.ts'

/** One module, whose parts know each other. */
export const ASYNCIO = [LOOP, TASKS, WAITING, LOCKS, QUEUES].join('')
