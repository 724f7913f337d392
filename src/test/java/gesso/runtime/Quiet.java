package gesso.runtime;

/** A listener that keeps the last of what it hears. */
final class Quiet implements Models.Listener {
    int loads;
    String notice = "";

    @Override
    public void loading(String network) {
        loads++;
    }

    @Override
    public void notice(String sentence) {
        notice = sentence;
    }
}
