/** Lays screenshots out as one picture: three windows and a phone. */
import type { Browser } from "playwright-core";

const STYLE = `
  body { margin: 0; padding: 36px; box-sizing: border-box; width: 1660px; position: relative; background: #e7e2d8;
    display: grid; grid-template-columns: 1fr 560px; gap: 28px; align-items: start; }
  img { display: block; width: 100%; border-radius: 14px; box-shadow: 0 18px 50px -18px rgb(30 25 20 / 0.45); }
  .windows { display: grid; gap: 28px; }
  .phone { position: absolute; left: 800px; bottom: 20px; width: 250px; border-radius: 26px;
    border: 7px solid #0c0b0a; box-sizing: border-box; }`;

/** @param pictures PNGs: the large window, the two beside it, and the phone */
export async function composePicture(browser: Browser, pictures: Buffer[], file: string): Promise<void> {
  const [large, upper, lower, phone] = pictures.map(
    (picture) => `data:image/png;base64,${picture.toString("base64")}`,
  );
  const page = await browser.newPage({ viewport: { width: 1660, height: 800 } });
  await page.setContent(`<style>${STYLE}</style><img src="${large}">
    <div class="windows"><img src="${upper}"><img src="${lower}"></div><img class="phone" src="${phone}">`);
  await page.screenshot({ path: file, fullPage: true });
  await page.close();
}
