/** 课堂看板。 */
import type { Words } from '../words.ts'

export const board: Words['board'] = {
  title: '看板',
  invite: '学员从这里加入，邀请码是',
  qrAlt: link => `${link} 的二维码`,
  learner: '学员',
  where: '课与练习',
  state: '状态',
  passed: '已通过',
  seen: '最近活动',
  empty: '还没有人加入。',
  closed: '邀请码已停用，可在设置里重新开放。',
  waiting: n => `${n} 人需要你：`,
  and: '、',
  more: n => `，还有 ${n} 人`,
  stuckHere: n => `${n} 人卡住`,
  large: '放大显示',
  asks: '请求帮助',
  stuck: check => `卡在「${check}」`,
  failing: check => `还差「${check}」`,
  working: '进行中',
  away: '还没开始',
  live: '看板实时更新中。',
  lost: '连接断了，正在重连……',
  hintsWaiting: n => `${n} 条提示未读`,
}
