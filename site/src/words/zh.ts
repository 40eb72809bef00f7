/** 界面文字：中文。零星的在这里，一页、一块窗格的各有一个文件。 */

import { classroom } from './zh/classroom.ts'
import { cluster } from './zh/cluster.ts'
import { course } from './zh/course.ts'
import { editor } from './zh/editor.ts'
import { exam } from './zh/exam.ts'
import { exercises } from './zh/exercises.ts'
import { home } from './zh/home.ts'
import { keep } from './zh/keep.ts'
import { lab } from './zh/lab.ts'
import { playground } from './zh/playground.ts'
import { prose } from './zh/prose.ts'
import { real } from './zh/real.ts'
import { search } from './zh/search.ts'
import { terminal } from './zh/terminal.ts'
import { time } from './zh/time.ts'
import { why } from './zh/why.ts'

export const zh = {
  name: 'Podlab',
  nameBeside: '豆荚实验室',
  title: (page: string) => `${page} · Podlab 豆荚实验室`,
  skip: '跳到正文',
  nav: { label: '主导航', course: '课程', exercises: '练习', playground: '自由实验' },
  language: { switch: 'English', label: '切换到英文' },
  theme: { auto: '跟随系统', light: '浅色', dark: '深色', label: (now: string) => `配色：${now}。点按切换` },
  newer: { text: '网站有新版本了。', take: '现在更新' },
  foot: {
    about:
      'Podlab 是开源软件（Apache-2.0）。模拟集群完全运行在你的浏览器里：没有账号，没有 Cookie，不会向任何其他主机发送请求。',
    aboutReal:
      'Podlab 是开源软件（Apache-2.0）。模拟集群完全运行在你的浏览器里：没有账号，没有 Cookie。除非你自己启动真正的 Node，否则不会向任何其他主机发送请求。',
    trademark: 'Kubernetes 是 The Linux Foundation 的商标，本项目与其无隶属关系。',
  },
  home,
  course,
  search,
  exercises,
  lms: {
    apart: '没有找到学习平台（LMS）：可以照常学习，但成绩和进度不会上报。',
    refused: '学习平台没有收下这次的结果。先别关页面，过一会儿再检查一次练习。',
    partly:
      '成绩和进度已交给学习平台，但集群现场太大，它放不下，这个浏览器又不允许存储：关掉页面后，集群会从起点开始。',
  },
  exam,
  lesson: {
    contents: '课程',
    before: '上一课',
    after: '下一课',
    prerequisites: '先修',
    finished: '这节课完成了',
    noScript: '没有 JavaScript 也能读这节课，提示和答案都可以展开；要动手做实验，则需要打开 JavaScript。',
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
  embed: { title: '嵌入的实验台', description: '嵌在别的网页里的 Podlab 实验台。', whole: '在 Podlab 打开' },
  notFound: {
    title: '没有这一页',
    heading: '这只豆荚是空的',
    text: '你要找的页面不在这里，也许换了地址。',
    home: '回到首页',
  },
}
