package gesso.image.metadata;

/** Gesso's version, as written into pictures. */
public final class Version {
    public static final String NUMBER = number();

    private Version() {}

    private static String number() {
        String built = Version.class.getPackage().getImplementationVersion();
        return built == null ? "0.1.0" : built;
    }
}
