/** The pictures in the output folders: found, marked, deleted. The files are the truth; the index is made of them. */
@org.jspecify.annotations.NullMarked
package gesso.library.gallery;
