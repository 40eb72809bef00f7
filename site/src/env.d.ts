/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The lesson whose prose is being rendered; the components in the prose read it. */
    lesson?: import('./course/course.ts').LessonPage
    /** How many explained terms the page has so far; it makes their ids. */
    terms?: number
    lang?: import('./words/words.ts').Lang
  }
}

declare module '*.astro' {
  const component: import('astro/runtime/server/index.js').AstroComponentFactory
  export default component
}

declare module 'virtual:course' {
  export const plan: import('../../course/plan.node.ts').Plan
  /** `ID/LANGUAGE` of a lesson, or of a chapter that has a folder. */
  export const pages: Record<
    string,
    {
      frontmatter: { title?: string; summary?: string }
      default: import('astro/runtime/server/index.js').AstroComponentFactory
      getHeadings(): { depth: number; slug: string; text: string }[]
    }
  >
  export const glossaries: readonly string[]
}
