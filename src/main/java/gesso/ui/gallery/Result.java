package gesso.ui.gallery;

import gesso.ui.common.MadePicture;
import javafx.scene.image.Image;

/** A picture of this session, and its small form. */
public record Result(MadePicture made, Image thumbnail) {}
