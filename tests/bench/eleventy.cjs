// Renders photos with eleventy-img (sharp): node eleventy.cjs FORMAT QUALITY OUT WIDTHS SOURCES…
const path = require("node:path");
const Image = require("@11ty/eleventy-img");

const [format, quality, outputDir, widths, ...sources] = process.argv.slice(2);
const options = { quality: Number(quality), ...(format === "jpg" ? { progressive: true } : {}) };

async function main() {
  await Promise.all(
    sources.map((source) =>
      Image(source, {
        widths: widths.split(",").map(Number),
        formats: [format === "jpg" ? "jpeg" : format],
        outputDir,
        useCache: false,
        sharpJpegOptions: options,
        sharpAvifOptions: options,
        filenameFormat: (id, src, width) => `${path.parse(src).name}-${width}.${format}`,
      }),
    ),
  );
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
