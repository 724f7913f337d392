/** Pictures that guide a ControlNet, drawn from a source by rule: edges, lines, inversions. No learned networks. */
package gesso.image.control;
