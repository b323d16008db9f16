package io.jenkins.plugins.gateddeploy.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class UntilMarkTest {
    private static final String MARK = "\036word 17\036";

    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

    @Property
    void passesOnWhatComesInFrontWhateverItIsAndHoweverItIsCut(
            @ForAll @Size(max = 300) byte[] front, @ForAll long seed) {
        passed.reset();
        UntilMark mark = new UntilMark("word");
        // What looks like the beginning of a mark is what it could stumble over.
        byte[] bytes = concat(front, bytes("\036\036wo\036wor!"), front, bytes(MARK), bytes("behind"));
        Random cuts = new Random(seed);
        int at = 0;
        while (!mark.ended()) {
            int part = Math.min(1 + cuts.nextInt(12), bytes.length - at);
            at += mark.take(bytes, at, part, passed::write);
        }

        assertThat(mark.said()).isEqualTo("17");
        assertThat(at).isEqualTo(bytes.length - "behind".length());
        assertThat(passed.toByteArray()).isEqualTo(concat(front, bytes("\036\036wo\036wor!"), front));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
