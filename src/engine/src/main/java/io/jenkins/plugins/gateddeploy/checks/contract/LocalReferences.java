package io.jenkins.plugins.gateddeploy.checks.contract;

/** Looks whether a document stands by itself, without reading it. */
final class LocalReferences {
    private static final byte[] REFERENCE = {'$', 'r', 'e', 'f'};
    private static final String BETWEEN = "\"': \t\r\n";

    private LocalReferences() {}

    /** {@return whether every {@code $ref} leads into the document itself} */
    static boolean only(byte[] document) {
        for (int i = 0; i + REFERENCE.length < document.length; i++) {
            if (isReference(document, i)) {
                int value = i + REFERENCE.length;
                while (value < document.length && BETWEEN.indexOf(document[value]) >= 0) {
                    value++;
                }
                if (value < document.length && document[value] != '#') {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isReference(byte[] document, int at) {
        return document[at] == REFERENCE[0]
                && document[at + 1] == REFERENCE[1]
                && document[at + 2] == REFERENCE[2]
                && document[at + 3] == REFERENCE[3];
    }
}
