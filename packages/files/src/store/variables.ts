import { z } from 'zod'

/** How the environment of any process says where files are, with the words of `.env.example`. */
export const fileVariables = {
  FILES_FOLDER: z.string().optional().meta({
    description:
      'Where files are kept: the absolute path of a folder that only this user may read. All processes of an installation need the same one. Without it and without a bucket, files cannot be stored.',
    example: '/var/lib/tenantry/files',
  }),
  FILES_S3_BUCKET: z.string().optional().meta({
    description: 'A bucket in place of the folder, on any server that speaks S3.',
    example: 'tenantry-files',
  }),
  FILES_S3_ENDPOINT: z.string().optional().meta({
    description: 'Address of the server of the bucket.',
    example: 'https://s3.eu-central-1.amazonaws.com',
  }),
  FILES_S3_REGION: z.string().optional().meta({
    description: 'Region that requests are signed for. Not set: us-east-1.',
    example: 'eu-central-1',
  }),
  FILES_S3_PREFIX: z.string().optional().meta({
    description: 'Under what the files lie in the bucket, with its slash.',
    example: 'production/',
  }),
  FILES_S3_ACCESS_KEY_ID: z.string().optional().meta({
    description: 'Who the server of the bucket knows this installation as. It needs to read, write, list and delete.',
    example: '<access key id>',
  }),
  FILES_S3_SECRET_ACCESS_KEY: z.string().optional().meta({
    description: 'What requests to the bucket are signed with.',
    example: '<secret access key>',
  }),
}

export type FileVariables = { [Name in keyof typeof fileVariables]?: string | undefined }
