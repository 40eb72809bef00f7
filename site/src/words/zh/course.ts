/** 课程目录。 */

export const course = {
  title: '课程目录',
  description: 'Podlab 的全部课程：从第一个 Pod 到控制器，每节课都有可以动手的练习。',
  heading: '课程',
  lead: '按顺序读最顺，也可以挑着看：每节课都自带集群的起始状态。',
  allExercises: '看全部练习和进度',
  minutes: (n: number) => `约 ${n} 分钟`,
  exercises: (n: number) => `${n} 个练习`,
  chapter: (n: number) => `第${'一二三四五六七八九十'[n - 1] ?? n}章`,
  done: '已完成',
  started: '学习中',
  empty: '课程正在编写中。',
  opens: (day: string) => `${day} 开放`,
  due: (day: string) => `${day} 截止`,
}
