package gesso;

/** The entry: with arguments the command line, without them the studio. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("Gesso");
    }
}
