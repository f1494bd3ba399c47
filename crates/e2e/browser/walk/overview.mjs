// Steps of the walk about the workspace's page.

/** How the computers are, what was found, the licence, and what to do next. */
export async function isTold({ page, w }, licence) {
  await page.getByRole('link', { name: w.overview, exact: true }).first().click();
  await page.getByRole('list', { name: w.stateOfDevices }).getByRole('link', { name: w.protectedTile }).waitFor();
  await page.getByRole('img', { name: w.detectionsByDay }).waitFor();
  await page.getByRole('img', { name: w.seatsUsed(1, licence.seats) }).waitFor();
  await page.locator('dl > div', { hasText: w.expiresOn }).getByRole('time').waitFor();
  await page.getByRole('heading', { name: w.nextToDo }).waitFor();
  await page.getByRole('heading', { name: w.theSeatIsTaken }).waitFor();
}
