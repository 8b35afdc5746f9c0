import sharp from 'sharp';
import { msgpack, type NdArray } from 'nestjs-mosec';

/** Writes a request to its standard output: `write-request.js <image> <x> <y>`. */
const [file = '', ...point] = process.argv.slice(2);
const { data, info } = await sharp(file)
  .flatten()
  .toColourspace('srgb')
  .removeAlpha()
  .raw()
  .toBuffer({ resolveWithObject: true });
const image: NdArray = { dtype: 'uint8', shape: [info.height, info.width, info.channels], data };
const points: NdArray = { dtype: 'float32', shape: [1, 2], data: Float32Array.from(point, Number) };
process.stdout.write(msgpack.encode({ image, points }));
