/** Package managers, by what their files are called in images; loaded when the first of them runs. */
import type { Program } from '../processes/process.ts'
import { lazily } from '../programs.ts'

export const PACKAGE_MANAGERS: Readonly<Record<string, Program>> = {
  'packages/apt': lazily(
    () => import('./apt.ts'),
    m => m.apt,
  ),
  'packages/apk': lazily(
    () => import('./apk.ts'),
    m => m.apk,
  ),
  'packages/dnf': lazily(
    () => import('./dnf.ts'),
    m => m.dnf,
  ),
}
