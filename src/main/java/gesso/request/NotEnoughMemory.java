package gesso.request;

/** The device has too little memory for what it was to compute; something smaller may do. */
public final class NotEnoughMemory extends DeviceTrouble {
    public NotEnoughMemory(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
