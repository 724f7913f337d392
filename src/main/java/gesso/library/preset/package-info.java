/** Presets: settings under a name, kept as JSON, shared as pictures, read from other programs' files. */
@org.jspecify.annotations.NullMarked
package gesso.library.preset;
