// Steps of the walk about the server's operator: who becomes it, and what is issued.

import { fitForEverybody } from '../lib/look.mjs';

/** By the link that the first start prints, a new person becomes the operator. */
export async function becomeOperator({ page, portal, w, look }, { name, email, password }) {
  await page.goto(portal.said().match(/https?:\S+\/operator\/welcome\/\S+/)[0]);
  await fitForEverybody(page, `${look}-welcome`);
  await page.getByLabel(w.yourName).fill(name);
  await page.getByLabel(w.email).fill(email);
  await page.getByLabel(w.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: w.becomeOperator }).click();
  await page.getByText(w.operatorMade).waitFor();
}

/** A licence for a customer with an account, or for whoever types its key. Gives its key and number. */
export async function issue({ page, w, look }, { product, seats, owner, reseller, subscription = false }) {
  await page.getByRole('link', { name: w.operator, exact: true }).click();
  await page.getByRole('link', { name: w.issueLicence }).click();
  await page.getByLabel(w.product).selectOption(product);
  await page.getByLabel(w.seats).fill(String(seats));
  if (subscription) await page.getByRole('radio', { name: w.subscription }).first().check();
  if (owner) await page.getByLabel(w.customer).fill(owner);
  if (reseller) await page.getByLabel(w.reseller).fill(reseller);
  await page.getByRole('button', { name: w.issueNow }).click();
  const issued = page.getByRole('region', { name: w.licenceIssued });
  const key = (await issued.locator('pre').textContent()).trim();
  await fitForEverybody(page, `${look}-licence-issued`);
  const title = await issued.getByRole('heading').textContent();
  return { key, number: title.match(/\S*\d\S*/)[0], product: `Rempart ${product}`, seats };
}
