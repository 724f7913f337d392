/** Settings inside the pictures of other programs, brought into A1111's words. */
package gesso.library.foreign;
