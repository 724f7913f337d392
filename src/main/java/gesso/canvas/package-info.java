/** The document that is painted on: layers of tiles, tools, undo, and the file it is kept in. Knows no window. */
package gesso.canvas;
