/** What is asked before a file is made, renamed or deleted. */
import { useLab } from '../context.ts'
import { Ask } from '../parts/Ask.tsx'
import { NameFile, UploadFiles } from './NameFile.tsx'

export type FileQuestion = 'add' | 'rename' | 'remove'

export function FileDialogs({
  question,
  paths,
  active,
  onClose,
}: {
  question: FileQuestion | undefined
  paths: readonly string[]
  active: string | undefined
  onClose: () => void
}) {
  const { model, t } = useLab()
  const e = t.editor
  if (question === 'add')
    return (
      <NameFile
        label={e.add}
        initial="pod.yaml"
        yes={e.create}
        taken={paths}
        onName={name => {
          model.setFile(name, '')
          model.show(name)
        }}
        onClose={onClose}
      >
        <UploadFiles onClose={onClose} />
      </NameFile>
    )
  if (question === 'rename' && active)
    return (
      <NameFile
        label={e.rename}
        initial={active}
        yes={e.rename}
        taken={paths.filter(path => path !== active)}
        onName={name => model.renameFile(active, name)}
        onClose={onClose}
      />
    )
  if (question === 'remove' && active)
    return (
      <Ask label={e.remove} yes={e.delete} onYes={() => model.removeFile(active)} onClose={onClose}>
        {e.removeAsk(active)}
      </Ask>
    )
  return null
}
