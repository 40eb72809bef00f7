/** 班级日志。 */
import type { Words } from '../words.ts'

export const log: Words['log'] = {
  at: '时间',
  actor: '谁',
  action: '做了什么',
  gone: '（已不在班里）',
  learner: '学员本人',
  open: '开放',
  closed: '关闭',
  actions: {
    'class.create': '创建了班级「{name}」',
    'class.change': '修改了班级：「{name}」，{timezone}，加入{joinable}',
    'class.code': '换了邀请码',
    'class.hand-over': '把班级移交给了 {email}',
    'class.retention': '把学员数据的保留期改为 {days} 天',
    'assignment.set': '布置了「{lesson}」',
    'assignment.remove': '撤销了「{lesson}」',
    'assignment.extend': '给 {learner} 宽限了「{lesson}」',
    'roster.add': '添加了 {learners} 名学员',
    'roster.sync': '从平台导入成员：学员 {learners} 名、教师 {staff} 名，{gone} 人已离开',
    'roster.failed': '没有给出成员名单：{error}',
    'staff.add': '把 {email} 加为{role}',
    'staff.remove': '把 {teacher} 移出了教师与助教',
    'teacher.create': '带来了一位新教师',
    'hint.send': '给 {learner} 发了一条「{lesson}」的提示',
    'learner.delete': '删除了一名学员',
    'learner.key': '给 {learner} 换了钥匙',
    'learner.rename': '修改了 {learner} 的昵称',
    'lti.score': '收下了 {learner} 在「{lesson}」的成绩',
    'statements.send': '把陈述发给了 {endpoint}',
  },
}
