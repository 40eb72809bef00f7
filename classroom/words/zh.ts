/** 课堂界面的中文：零星的在这里，一页的各有一个文件。 */

import { zh as site } from '../../site/src/words/zh.ts'
import type { Words } from './words.ts'
import { assignments } from './zh/assignments.ts'
import { board } from './zh/board.ts'
import { grades } from './zh/grades.ts'
import { join } from './zh/join.ts'
import { learner } from './zh/learner.ts'
import { log } from './zh/log.ts'
import { lti } from './zh/lti.ts'
import { people } from './zh/people.ts'
import { platforms } from './zh/platforms.ts'
import { problems } from './zh/problems.ts'
import { settings } from './zh/settings.ts'

export const zh: Words = {
  name: '豆荚实验室 · 课堂',
  skip: '跳到正文',
  otherLanguage: 'English',
  course: '课程',
  problems,
  refusals: site.classroom.refusals,
  signIn: {
    title: '教师登录',
    email: '邮箱',
    password: '密码',
    code: '验证码',
    codeHelp: '如果开启了两步验证，填验证器 App 上的六位数字。',
    button: '登录',
    again: '重新登录后再操作',
    out: '退出',
  },
  setUp: {
    title: '第一个账号',
    lead: '这个课堂还没有教师。服务器启动时打印了一个令牌，拿到它的人可以创建第一个账号。',
    name: '你的名字',
    passwordHelp: '至少 12 个字符。一句话就是好密码。',
    button: '创建账号',
    token: '令牌',
  },
  twoFactor: {
    title: '两步验证',
    must: '这个课堂要求教师在密码之外再加一道验证：请先开启两步验证，或添加通行密钥。',
    lead: '把这个账号加进验证器 App（扫码，或手动输入密钥），再填它显示的六位数字。以后每次登录都会要求填写。',
    secret: '密钥',
    code: '六位数字',
    button: '开启',
    done: '两步验证已开启：用密码登录时，还要填验证码。',
    offLead: '关闭之后，只凭密码就能登录。要换一个验证器 App，先关闭，再重新开启。',
    off: '关闭',
  },
  join,
  classes: {
    title: '你的班级',
    none: '还没有班级。',
    newName: '新班级的名字',
    create: '创建班级',
    learners: n => `${n} 名学员`,
    account: '你的账号',
  },
  tabs: { board: '看板', assignments: '作业', grades: '成绩', people: '成员', log: '日志', settings: '设置' },
  board,
  assignments,
  grades,
  people,
  learner,
  me: {
    title: '我的作业',
    youAre: nickname => `你的昵称是 ${nickname}。`,
    nothingSet: '老师还没有布置作业。',
    late: percent => `每迟一天扣 ${percent} %`,
    kept: '这里保存的你的数据',
    take: '拿走一份（JSON）',
    leave: '在这个浏览器里退出',
    forget: '删除我的数据',
    forgetLead: '你在这个班级里的一切都会删除，成绩也在内，无法恢复。',
    forgetAsk: '输入你的昵称',
  },
  settings,
  log,
  lti,
  password: {
    title: '密码与会话',
    sessions: '已登录的会话',
    own: '当前浏览器',
    end: '结束',
    lead: '换了密码，所有会话都会结束，请用新密码重新登录。',
    current: '当前密码（还没有就留空）',
    next: '新密码',
    button: '更换密码',
    everywhere: '退出所有设备',
    everywhereLead: '结束你在每台设备上的会话，也包括这一台。',
  },
  leaving: {
    title: '删除我的账号',
    lead: '账号、通行密钥和所有会话都会删除，你也不再是任何班级的教师或助教。你以教师身份做过的操作会连同邮箱留在日志里，最多两年。',
    first: '下面这些还在你名下。逐一移交或结束之后，就可以删除账号：',
    ask: '输入你的邮箱',
    button: '删除我的账号',
  },
  passkeys: {
    title: '通行密钥',
    lead: '有了通行密钥，用设备的指纹、面容或 PIN 就能登录，不用密码，也不用验证码。',
    none: '还没有通行密钥。',
    name: '新通行密钥的名字',
    nameHelp: '比如它所在的设备。',
    add: '添加通行密钥',
    remove: '移除',
    signIn: '用通行密钥登录',
    failed: '没有成功，再试一次。',
  },
  oidc: {
    signIn: name => `用 ${name} 登录`,
    link: '关联我的账号',
    linkLead: name => `关联 ${name} 的账号之后，就可以用它登录。`,
  },
  xapi: {
    title: 'xAPI 陈述',
    lead: '把班里发生过的事写成 xAPI 陈述，用 cmi5 的动词：下载成文件，或者发给学习记录库（LRS）。',
    download: '下载 JSON',
    endpoint: '记录库的地址',
    key: '账号（Key）',
    secret: '密钥（Secret）',
    secretHelp: '只用这一次，不会保存。',
    send: '发给记录库',
    sent: n => `记录库收下了 ${n} 条陈述。`,
    failed: '记录库没有全部收下：',
  },
  platforms,
}
