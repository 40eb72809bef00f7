/** Sharing a session with somebody else or for later: as a link that needs no server, or as a file. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { saveAs } from '../../page/export.ts'
import { useLab } from '../context.ts'
import { LONGEST_LINK } from '../share.ts'
import { Dialog } from './Dialog.tsx'

export function Share({ onClose }: { onClose(): void }) {
  const { model, t } = useLab()
  const k = t.keep
  const [link, setLink] = useState<string>()
  const [said, setSaid] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const file = useRef<HTMLInputElement>(null)
  useEffect(() => {
    model.shareLink().then(setLink, error => {
      console.error(error)
      setSaid(k.noLink)
    })
  }, [])
  const tooLong = link !== undefined && link.length > LONGEST_LINK
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link ?? '')
      setSaid(k.linkCopied)
    } catch {
      field.current?.select()
      setSaid(k.linkByHand)
    }
  }
  const download = async (): Promise<void> => {
    const { name, text } = await model.exported()
    saveAs(name, text, 'application/json')
  }
  const open = async (chosen: File | undefined): Promise<void> => {
    if (!chosen) return
    try {
      await model.visit(await chosen.text())
      onClose()
    } catch (error) {
      console.error(error)
      setSaid(k.notASession)
    }
  }
  return (
    <Dialog label={k.share} onClose={onClose}>
      <h2>{k.share}</h2>
      <p>{tooLong ? k.linkTooLong : k.shareWhat}</p>
      {!tooLong && (
        <div class="share-link">
          <input ref={field} readonly value={link ?? ''} aria-label={k.link} />
          <button type="button" class="button" disabled={!link} onClick={() => void copy()}>
            {k.copyLink}
          </button>
        </div>
      )}
      <div class="ask-buttons">
        <button type="button" class="button quiet" onClick={() => void download().catch(console.error)}>
          {k.download}
        </button>
        <button type="button" class="button quiet" onClick={() => file.current?.click()}>
          {k.openFile}
        </button>
        <input
          ref={file}
          hidden
          type="file"
          accept=".json,application/json"
          data-open-session
          onChange={e => void open(e.currentTarget.files?.[0])}
        />
        <button type="button" class="button quiet" onClick={onClose}>
          {t.lab.close}
        </button>
      </div>
      <p role="status" class="share-said">
        {said}
      </p>
    </Dialog>
  )
}
