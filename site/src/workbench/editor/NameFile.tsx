/** A name for a file, new or old; and files from the reader's own machine. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useLab } from '../context.ts'
import type { Model } from '../model.ts'
import { Dialog } from '../parts/Dialog.tsx'

const nameAllowed = /^[\w][\w.-]*(\/[\w][\w.-]*)*$/

interface Props {
  label: string
  initial: string
  yes: string
  taken: readonly string[]
  onName(name: string): void
  onClose(): void
  children?: ComponentChildren
}

export function NameFile(props: Props) {
  const { t } = useLab()
  const [name, setName] = useState(props.initial)
  const [wrong, setWrong] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  return (
    <Dialog label={props.label} onClose={props.onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          if (props.taken.includes(name)) return setWrong(t.editor.nameTaken)
          if (!nameAllowed.test(name)) return setWrong(t.editor.nameBad)
          props.onName(name)
          props.onClose()
        }}
      >
        <label>
          {t.editor.addAsk}
          <input
            ref={field}
            value={name}
            spellcheck={false}
            aria-describedby="name-wrong"
            onInput={e => setName(e.currentTarget.value)}
          />
        </label>
        <p class="bad" id="name-wrong" role="alert">
          {wrong}
        </p>
        <div class="ask-buttons">
          <button type="submit" class="button">
            {props.yes}
          </button>
          {props.children}
          <button type="button" class="button quiet" onClick={props.onClose}>
            {t.lab.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** Texts from the reader's machine, under names that the workstation can have; one of the same name is replaced. */
export async function takeFiles(model: Model, files: FileList | undefined | null): Promise<void> {
  for (const file of files ?? []) {
    const name = file.name.replace(/[^\w.-]+/g, '-').replace(/^[^\w]+/, '')
    if (!nameAllowed.test(name)) continue
    model.setFile(name, await file.text())
    model.show(name)
  }
}

export function UploadFiles(props: { onClose(): void }) {
  const { model, t } = useLab()
  const field = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" class="button quiet" onClick={() => field.current?.click()}>
        {t.editor.upload}
      </button>
      <input
        ref={field}
        hidden
        type="file"
        multiple
        data-upload
        onChange={event => {
          void takeFiles(model, event.currentTarget.files).then(props.onClose, console.error)
        }}
      />
    </>
  )
}
