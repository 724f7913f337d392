package gesso.weights;

/** The content of a file breaks its format; the message is the fault, without the file's name. */
final class Malformed extends Exception {
    Malformed(String fault) {
        super(fault);
    }

    String fault() {
        return String.valueOf(getMessage());
    }
}
