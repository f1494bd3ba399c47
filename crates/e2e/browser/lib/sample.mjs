// Folders for an agent to look into. EICAR is put together here, so that no file of this project is one.

import { closeSync, ftruncateSync, mkdirSync, openSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join('');

/** A file that is to be found, and one that is not. `put()` puts the first there, again if need be. */
export async function sampleFolder(path) {
  const clean = join(path, 'notes');
  await mkdir(clean, { recursive: true });
  await writeFile(join(clean, 'liste.txt'), 'rappeler la scierie\n');
  const found = join(path, 'eicar.com');
  const put = async () => {
    await writeFile(found, EICAR);
    await chmod(found, 0o640);
  };
  await put();
  return { path, clean, found, put, as: { bytes: EICAR, mode: 0o640 } };
}

/** A folder that takes a minute to read and no room: many files with nothing in them but their length. */
export function longFolder(path) {
  mkdirSync(path);
  for (let n = 0; n < 8000; n += 1) {
    const file = openSync(join(path, `vide-${n}`), 'w');
    ftruncateSync(file, 4 * 1024 * 1024);
    closeSync(file);
  }
  return path;
}
