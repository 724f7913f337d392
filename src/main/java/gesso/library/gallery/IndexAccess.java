package gesso.library.gallery;

/** The index, for one at a time. */
interface IndexAccess {
    /** Does something with the tables while nobody else does. */
    <T> T run(GalleryIndex.Work<T> work);

    /** The same, whole or not at all. */
    <T> T together(GalleryIndex.Work<T> work);
}
