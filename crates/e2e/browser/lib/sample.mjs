// A folder for an agent to look into. EICAR is put together here, so that no file of this project is one.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { folder } from './programs.mjs';

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join('');

/** Makes the folder and says where it is, and where the file lies that is to be found. */
export async function sampleFolder() {
  const path = await folder('sample');
  await mkdir(join(path, 'notes'));
  await writeFile(join(path, 'notes', 'liste.txt'), 'rappeler la scierie\n');
  const found = join(path, 'eicar.com');
  await writeFile(found, EICAR);
  return { path, found };
}
