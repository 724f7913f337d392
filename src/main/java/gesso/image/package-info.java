/**
 * Pixels: files of pictures, resampling and blending to the bit as the established programs do them, masks, and the
 * geometry of picture-to-picture work.
 */
package gesso.image;
