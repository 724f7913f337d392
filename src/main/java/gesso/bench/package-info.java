/** {@code gesso bench}: what a model costs on this machine. It may look into everything; nothing looks into it. */
package gesso.bench;
