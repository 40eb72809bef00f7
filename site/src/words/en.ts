/** The interface's words in English: short ones here, those of a page or a pane in a file of their own. */

import { classroom } from './en/classroom.ts'
import { cluster } from './en/cluster.ts'
import { course } from './en/course.ts'
import { editor } from './en/editor.ts'
import { exam } from './en/exam.ts'
import { exercises } from './en/exercises.ts'
import { home } from './en/home.ts'
import { keep } from './en/keep.ts'
import { lab } from './en/lab.ts'
import { playground } from './en/playground.ts'
import { prose } from './en/prose.ts'
import { real } from './en/real.ts'
import { search } from './en/search.ts'
import { terminal } from './en/terminal.ts'
import { time } from './en/time.ts'
import { why } from './en/why.ts'
import type { Words } from './words.ts'

export const en: Words = {
  name: 'Podlab',
  nameBeside: 'a laboratory for Pods',
  title: page => `${page} · Podlab`,
  skip: 'Skip to content',
  nav: { label: 'Main', course: 'Course', exercises: 'Exercises', playground: 'Playground' },
  language: { switch: '中文', label: 'Switch to Chinese' },
  theme: { auto: 'automatic', light: 'light', dark: 'dark', label: now => `Colours: ${now}. Press to change` },
  newer: { text: 'There is a newer version of this site.', take: 'Use it now' },
  foot: {
    about:
      'Podlab is open source (Apache-2.0). The simulated cluster runs entirely in your browser: no account, no cookies, no request to any other host.',
    aboutReal:
      'Podlab is open source (Apache-2.0). The simulated cluster runs entirely in your browser: no account, no cookies, and no request to any other host unless you start real Node yourself.',
    trademark: 'Kubernetes is a trademark of The Linux Foundation; this project is not affiliated with it.',
  },
  home,
  course,
  search,
  exercises,
  lms: {
    apart: 'No learning platform (LMS) was found: you can work as usual, but neither score nor progress is reported.',
    refused:
      'The learning platform did not take your result. Please leave the page open, and check an exercise again in a while.',
    partly:
      'Score and progress are with the learning platform. Your cluster as it is now is too much for it, and this browser allows no storage: once the page is closed, the cluster begins afresh.',
  },
  exam,
  lesson: {
    contents: 'Course',
    before: 'Previous',
    after: 'Next',
    prerequisites: 'Read first',
    finished: 'You have finished this lesson',
    noScript:
      'You can read this lesson without JavaScript, and open its hints and solutions. To run the experiments, turn JavaScript on.',
  },
  prose,
  lab,
  time,
  editor,
  real,
  terminal,
  cluster,
  why,
  keep,
  playground,
  classroom,
  embed: {
    title: 'Embedded laboratory',
    description: 'Podlab’s workbench inside another page.',
    whole: 'Open in Podlab',
  },
  notFound: {
    title: 'No such page',
    heading: 'This pod is empty',
    text: 'The page you want is not here. Perhaps it has moved.',
    home: 'Back to the start',
  },
}
