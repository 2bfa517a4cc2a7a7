import { operationsOf } from '@weir/testing';
import { enterKey, pageUnderTest, useKey, type PageUnderTest } from './page-under-test.js';

let weir: PageUnderTest;
beforeAll(async () => {
  weir = await pageUnderTest();
});
afterAll(() => weir.close());

const chart = { name: /^New cases of Northmarch/ };
const me = async (key: string) => (await fetch(`${weir.address}/users/me`, { headers: { 'x-key': key } })).status;
const password = 'correct horse battery';

const revoke = (key: string) => operationsOf(weir.settings).keysRevoke({ id: key.split('_')[1] ?? '' });

async function register(email: string) {
  const page = await weir.open();
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Get a key' }).click();
  await page.getByRole('img', chart).waitFor();
  const key = await page.locator('.secret').innerText();
  return { page, key };
}

it('is one step away: e-mail, password, and the figures are there, with the key to keep', async () => {
  const { page, key } = await register('ada@example.org');
  expect(await me(key)).toBe(200);
  await page.getByRole('button', { name: 'I have it' }).click();
  expect(await page.locator('body').innerText()).not.toContain(key);
  expect(page.url()).not.toContain('weir_');
  await page.context().close();
});

it('lasts as long as the tab, or, where that is wished, longer', async () => {
  const { page } = await register('tab@example.org');
  await page.reload();
  await page.getByRole('img', chart).waitFor();
  const other = await page.context().newPage();
  await other.goto(weir.address);
  await other.getByRole('button', { name: 'Get a key' }).waitFor();
  await other.getByLabel('E-mail').fill('device@example.org');
  await other.getByLabel('Password').fill(password);
  await other.getByLabel(/Keep the key on this device/).check();
  await other.getByRole('button', { name: 'Get a key' }).click();
  await other.getByRole('img', chart).waitFor();
  const third = await page.context().newPage();
  await third.goto(weir.address);
  await third.getByRole('img', chart).waitFor();
  await third.getByRole('button', { name: 'Forget key' }).click();
  await third.getByRole('button', { name: 'Get a key' }).waitFor();
  await third.reload();
  await third.getByRole('button', { name: 'Get a key' }).waitFor();
  await page.context().close();
});

it('that somebody has already is told, and what to do: a lost one is replaced, and the old one stops', async () => {
  const { page: first, key } = await register('bob@example.org');
  await first.context().close();
  const page = await weir.open();
  await page.getByLabel('E-mail').fill('bob@example.org');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Get a key' }).click();
  await page
    .getByRole('alert')
    .filter({ hasText: /registered/ })
    .waitFor();
  await page.getByRole('button', { name: 'I lost my key' }).click();
  await page.getByLabel('E-mail').fill('bob@example.org');
  await page.getByLabel('Password').fill('wrong horse battery');
  await page.getByRole('button', { name: 'Replace my key' }).click();
  await page.getByRole('alert').waitFor();
  expect(await me(key)).toBe(200);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Replace my key' }).click();
  await page.getByRole('img', chart).waitFor();
  const next = await page.locator('.secret').innerText();
  expect([await me(key), await me(next)]).toEqual([401, 200]);
  await page.context().close();
});

it('that does not work is refused, and one that was revoked since is forgotten with a word', async () => {
  const page = await weir.open();
  await page.getByRole('button', { name: 'I have a key' }).click();
  await useKey(page, 'nonsense');
  await page.getByRole('alert').waitFor();
  const key = await weir.key('data');
  await useKey(page, key);
  await page.getByRole('img', chart).waitFor();
  await revoke(key);
  await page.reload();
  await page.getByRole('alert').filter({ hasText: 'no longer works' }).waitFor();
  await page.getByRole('button', { name: 'Get a key' }).waitFor();
  await page.context().close();
});

it('that is revoked while somebody looks is noticed, and one that the device keeps takes its place', async () => {
  const page = await weir.open();
  const [ofTab, ofDevice] = [await weir.key('data'), await weir.key('data')];
  await page.evaluate(`localStorage.setItem('weir-key', '${ofDevice}')`);
  await enterKey(page, ofTab);
  await page.getByRole('img', chart).waitFor();
  await revoke(ofTab);
  await page.getByRole('combobox', { name: 'Figure' }).selectOption('New deaths');
  await page.getByRole('img', { name: /^New deaths of Northmarch/ }).waitFor();
  expect(await page.evaluate(`[sessionStorage.getItem('weir-key'), localStorage.getItem('weir-key')]`)).toEqual([
    null,
    ofDevice,
  ]);
  await revoke(ofDevice);
  await page.getByRole('combobox', { name: 'Figure' }).selectOption('New recoveries');
  await page.getByRole('alert').filter({ hasText: 'no longer works' }).waitFor();
  await page.getByRole('button', { name: 'Get a key' }).waitFor();
  await page.context().close();
});

it('that is not one word is not sent', async () => {
  const page = await weir.open();
  await page.getByRole('button', { name: 'I have a key' }).click();
  await useKey(page, '“weir_3f2a…');
  await page.getByRole('alert').filter({ hasText: 'one word' }).waitFor();
  await page.context().close();
});

it('without the scope for runs is told how to get one', async () => {
  const page = await weir.open('/#/runs');
  await page.getByText('There is no key here yet').waitFor();
  await page.getByRole('button', { name: 'Use another key' }).click();
  await enterKey(page, await weir.key('data'));
  await page.getByText(/npx weir keys create --email operator\d+@example.org --scopes data,pipelines/).waitFor();
  await page.context().close();
});
