/** What is kept on disk: settings, model folders, finished pictures; and the only place that knows JSON. */
package gesso.library;
