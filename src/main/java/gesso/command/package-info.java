/** The command line: {@code gesso generate}, {@code info}, {@code models}, {@code devices}, {@code prompt}. */
package gesso.command;
