/** The command line: {@code gesso generate}, {@code interrogate}, {@code info}, {@code models}, {@code devices}, {@code prompt}. */
package gesso.command;
