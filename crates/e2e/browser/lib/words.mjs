// A story names what is on the screen by key; the table of the person's language says the words.

import { en } from '../words/en.mjs';
import { fr } from '../words/fr.mjs';

export const languages = { fr, en };

/** The words of a language. Asking for one that is not there is an error, not `undefined`. */
export const words = (language) =>
  new Proxy(languages[language], {
    get(table, key) {
      if (!(key in table)) throw new Error(`no word for ${String(key)} in ${language}`);
      return table[key];
    },
  });
