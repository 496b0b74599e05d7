import { oddities } from './oddities.ts'
import { stories } from './stories.ts'

/** All articles of the sample site, newest first. */
export const articles = [...stories, ...oddities]
