/**
 * `<podlab-lab lesson="01-meet-the-pod/01-what-a-pod-is" lang="zh" height="640"></podlab-lab>`: a workbench in a blog or on a slide.
 * `shared` takes what a link from "Share" has behind `#shared=`. Without a lesson it is the empty cluster of the playground.
 */
const home = new URL('.', import.meta.url)

class PodlabLab extends HTMLElement {
  static observedAttributes = ['lesson', 'lang', 'height', 'shared']

  connectedCallback() {
    this.show()
  }

  attributeChangedCallback() {
    if (this.isConnected) this.show()
  }

  show() {
    const lang = this.getAttribute('lang')?.toLowerCase().startsWith('zh') ? 'zh' : 'en'
    const address = new URL(`${lang}/embed/`, home)
    const lesson = this.getAttribute('lesson')
    const shared = this.getAttribute('shared')
    if (lesson) address.searchParams.set('lesson', lesson)
    if (shared) address.hash = `shared=${shared.replace(/^.*#shared=/, '')}`
    const frame = this.querySelector('iframe') ?? document.createElement('iframe')
    frame.title = lang === 'zh' ? 'Podlab 实验台' : 'Podlab workbench'
    frame.allow = 'clipboard-write; fullscreen'
    frame.loading = 'lazy'
    frame.style.cssText = 'display:block;width:100%;border:1px solid #8a8f7c;border-radius:10px'
    frame.style.height = `${Number(this.getAttribute('height')) || 640}px`
    if (frame.src !== address.href) frame.src = address.href
    if (!frame.isConnected) this.append(frame)
  }
}

if (!customElements.get('podlab-lab')) customElements.define('podlab-lab', PodlabLab)
