import { testShare } from './share.fixture.ts'

testShare(import.meta.url)
