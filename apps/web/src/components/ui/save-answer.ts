/** Saves an answer as the file that it says it is. */
export async function saveAnswer(answer: Response, otherwise: string): Promise<void> {
  const address = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? otherwise
  link.click()
  URL.revokeObjectURL(address)
}
