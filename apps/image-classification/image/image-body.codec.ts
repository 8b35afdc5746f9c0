import { image, type Codec } from 'nestjs-mosec';

/** A request whose body is the image itself, in the form of the other requests: `{ image }`. */
export const imageBody: Codec = {
  ...image,
  decode: (bytes, source) => ({ image: image.decode(bytes, source) }),
};
