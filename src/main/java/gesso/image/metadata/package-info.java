/** What picture files say about how their pictures were made: the containers, and A1111's parameters text ("infotext"). */
package gesso.image.metadata;
