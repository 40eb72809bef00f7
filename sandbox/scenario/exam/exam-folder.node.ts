/** Reads the exam from a checkout's disk, for tests and the author's tools. */
import { join } from 'node:path'
import { readFolder } from '../lessons/lesson-folder.node.ts'
import type { ExamSource } from './exam.ts'
import { readExam } from './exam-source.ts'

/** @param lessons the course's folder @throws an Error that tells the author every problem */
export const examOf = (lessons: string): ExamSource => readExam(readFolder(join(lessons, 'exam')))
