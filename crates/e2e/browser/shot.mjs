import { chromium } from 'playwright-core';
import fs from 'fs';
const [,, base, dataf, out, ...paths] = process.argv;
const d = JSON.parse(fs.readFileSync(dataf));
const exe = ['/usr/bin/chromium'].find(f => fs.existsSync(f));
const b = await chromium.launch({ executablePath: exe, args: ['--no-sandbox'] });
const op = process.env.OP; const lang = process.env.L || 'fr'; const w = +(process.env.W || 1280);
const ctx = await b.newContext({ viewport: { width: w, height: 900 }, locale: lang, colorScheme: process.env.DARK ? 'dark' : 'light' });
const p = await ctx.newPage();
await p.goto(base + '/sign-in');
await p.fill('input[name=email]', op ? d.operator_email : d.email);
await p.fill('input[name=password]', op ? d.operator_password : d.password);
await Promise.all([p.waitForNavigation(), p.click('main button[type=submit]')]);
let i = 0;
for (const path of paths) {
  const u = path.replaceAll('WS', d.workspace.id).replaceAll('L0', d.licences[0].id).replaceAll('L1', d.licences[1].id);
  const r = await p.goto(base + u);
  console.log(r.status(), u);
  await p.screenshot({ path: `${out}-${i++}.png`, fullPage: true });
}
await b.close();
