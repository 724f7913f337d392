/** Documents: what stands on the canvas, in a file. */
@org.jspecify.annotations.NullMarked
package gesso.library.document;
