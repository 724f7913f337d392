package gesso.request;

import org.jspecify.annotations.Nullable;

/** The device could not do its part (too little memory, lost, a fault of its driver): done another way it may work. */
public class DeviceTrouble extends GessoException {
    public DeviceTrouble(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
