package gesso.ui.generate;

/** What the recipe asks the studio to bring it. */
public interface SourceActions {
    /** Lets the user choose the picture to start from. */
    void chooseSource();

    /** Asks what the picture to start from shows. */
    void interrogateSource();

    /** Lets the user choose a picture whose white is the mask. */
    void chooseMask();
}
