import { inEveryPlacement } from '@tenantry/testing/placements'
import { expect, test } from 'vitest'
import { importDesk } from './import-desk.fixture.ts'

inEveryPlacement((placement) => {
  test('a file is read whatever it is separated by and encoded in, with a mapping that fits its headings', async () => {
    const { upload, rows } = importDesk(placement().mine)
    const files = [
      ['Company,E-Mail,Ort\nGrüße,a@x.example,"Köln, Süd"\n', 'utf-8', ','],
      ['\uFEFFCompany;E-Mail;Ort\r\nGrüße;a@x.example;"Köln, Süd"', 'utf-8', ';'],
      ['Company\tE-Mail\tOrt\rGrüße\ta@x.example\t"Köln, Süd"\r', 'utf-8', '\t'],
      [Buffer.from('Company;E-Mail;Ort\nGrüße;a@x.example;Köln, Süd\n', 'latin1'), 'windows-1252', ';'],
      [Buffer.from('\uFEFFCompany\tE-Mail\tOrt\nGrüße\ta@x.example\tKöln, Süd', 'utf16le'), 'utf-16le', '\t'],
    ] as const
    for (const [text, encoding, delimiter] of files) {
      const batch = await upload(text)
      expect(batch).toMatchObject({
        encoding,
        delimiter,
        total: 1,
        status: 'draft',
        header: ['Company', 'E-Mail', 'Ort'],
      })
      expect(batch.mapping).toEqual([
        { column: 0, field: 'name' },
        { column: 1, field: 'email' },
        { column: 2, field: 'billingCity' },
      ])
      expect(await rows(batch.id)).toMatchObject([
        { row: 1, cells: ['Grüße', 'a@x.example', 'Köln, Süd'], outcome: null },
      ])
    }
  })

  test('rows keep the numbers of the sheet, and those without anything in them are left out', async () => {
    const { upload, rows } = importDesk(placement().mine)
    const { id, total } = await upload('name,city\n"one\nline",a\n\n,\nfour,d\nfive\nsix,f,more\n')
    expect(total).toBe(4)
    expect((await rows(id)).map(({ row, cells }) => [row, cells])).toEqual([
      [1, ['one\nline', 'a']],
      [4, ['four', 'd']],
      [5, ['five']],
      [6, ['six', 'f', 'more']],
    ])
  })

  test.each([
    ['empty', ''],
    ['no_header', ',,\na,b,c\n'],
    ['no_rows', 'name,city\n\n,\n'],
    ['not_text', 'PK\u0003\u0004\0\0name\n'],
    ['too_wide', `${Array.from({ length: 201 }, (_, i) => `c${i}`).join()}\nx\n`],
    ['quote_not_closed', `name,city\n${'a,b\n'.repeat(5_000)}"open,c\nd,e\n`],
    ['row_too_long', `name\nok\n"${'x'.repeat(1_100_000)}"\n`],
  ])('a file that is %s is refused by that word, and nothing of it is left', async (reason, text) => {
    const { mine } = placement()
    const before = await counted(mine)
    await expect(importDesk(mine).upload(text)).rejects.toMatchObject({ code: 'IMPORT_FILE_INVALID', data: { reason } })
    expect(await counted(mine)).toEqual(before)
  })

  test('a sender who is cut off leaves nothing', async () => {
    const { mine } = placement()
    const before = await counted(mine)
    const { stageFile } = await import('./stage-file.ts')
    async function* broken() {
      yield Buffer.from('name\none\n')
      await Promise.reject(new Error('cut off'))
    }
    const staging = { write: mine.write, body: broken(), maxBytes: 1000, announce: () => Promise.resolve() }
    await expect(stageFile(staging, { entity: 'account', fileName: 'a.csv' })).rejects.toThrow('cut off')
    expect(await counted(mine)).toEqual(before)
  })

  test('what a process that was killed has left of a file is seen by nobody, and thrown away once it is quiet', async () => {
    const { mine } = placement()
    const { turn, upload } = importDesk(mine)
    const { id } = await upload('name\none\ntwo\nthree\nfour\nfive\n')
    const workId = '00000000-0000-7000-8000-000000000000'
    await mine.database.transaction((tx) =>
      tx.db.execute(`update crm.import_batches set status = 'staging', work_id = '${workId}' where id = '${id}'`),
    )
    await expect(mine.read.imports.byId(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await mine.read.imports.list({ filters: {}, limit: 200 })).rows.map((batch) => batch.id)).not.toContain(id)
    expect(await turn(id, workId)).toBe('waiting')
    await mine.database.transaction((tx) =>
      tx.db.execute(`update crm.import_batches set updated_at = now() - interval '11 minutes' where id = '${id}'`),
    )
    expect(await turn(id, workId)).toBe('over')
    expect(await mine.read.imports.find(id)).toBeUndefined()
  })

  async function counted({ database }: ReturnType<typeof placement>['mine']) {
    return await database.reader.db.execute(
      'select (select count(*) from crm.import_batches)::int as batches, (select count(*) from crm.import_rows)::int as rows',
    )
  }
})
