import { useFilledDatabase } from './filled-database.fixture.ts'
import { testFilters } from './filters.fixture.ts'
import { testOverviews } from './overviews.fixture.ts'
import { testOwnRows } from './own-rows.fixture.ts'
import { testPages } from './pages.fixture.ts'
import { testSearches } from './searches.fixture.ts'

// Filling it takes longer than all that is asked of it.
const database = useFilledDatabase()

testPages(database)
testSearches(database)
testOwnRows(database)
testFilters(database)
testOverviews(database)
