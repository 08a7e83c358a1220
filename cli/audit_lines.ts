import { findingSentence, noticeSentence } from '#app/audit/audit_words'
import type { Finding, Notice } from '#app/audit/findings'
import { text } from '#cli/texts'

export const findingLine = (finding: Finding) => findingSentence(finding, text)

export const noticeLine = (notice: Notice) => noticeSentence(notice, text)
